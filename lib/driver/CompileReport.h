//===- CompileReport.h - A compilation as data ------------------*- C++ -*-===//
#pragma once
#include "driver/LoweredSet.h"
#include "driver/Observer.h"
#include <future>

namespace cria::driver {

/// Collects what --report writes and `criac inspect` shows.
class CompileReport : public Observer {
public:
  /// All three must outlive it. Throws cria::Error for a file of limits that cannot be read.
  CompileReport(const Options &options, const Source &source, const Target &target);

  bool readsIr() const override { return true; }
  void stepped(const Step &step) override;
  void remarked(const FusionRemark &remark) override;
  void diagnosed(llvm::StringRef message) override;
  void scheduled(Lowering &lowering) override;
  void lowered(Lowering &lowering) override;

  /// What was collected so far.
  const report::Report &data() const { return report; }
  /// Adds the sets of fusions, and writes `path`: a page, or JSON if it ends in .json. Throws
  /// cria::Error.
  void write(const std::string &path);

private:
  void addSpec();
  std::vector<report::OriginRun> runsOf(llvm::ArrayRef<OpLine> ops) const;
  void chooseSets();
  std::vector<LoweredSet> lowerSets() const;
  void startWork();

  const Options &options;
  const Source &source;
  const Target &target;
  report::Report report;
  llvm::StringMap<std::size_t> origins; ///< those of the report, by name
  std::vector<std::uint64_t> sets;      ///< to compare: bit i for fusion i
  /// Of a thread that packs texts and lowers the sets while LLVM, which uses one, works.
  std::future<std::vector<LoweredSet>> loweredSets;
  std::size_t remarksTold = 0; ///< those that are a step's
};

} // namespace cria::driver
