//===- CompileReport.h - A compilation as data ------------------*- C++ -*-===//
#pragma once
#include "driver/Observer.h"
#include "driver/Source.h"
#include "driver/Target.h"
#include "report/Report.h"

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

  /// What was collected so far.
  const report::Report &data() const { return report; }
  /// Adds the sets of fusions, and writes `path`: a page, or JSON if it ends in .json. Throws
  /// cria::Error.
  void write(const std::string &path);

private:
  void addSpec();
  void addSets();

  const Options &options;
  const Source &source;
  const Target &target;
  report::Report report;
  std::size_t remarksTold = 0; ///< those that are a step's
};

} // namespace cria::driver
