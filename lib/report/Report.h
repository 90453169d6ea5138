//===- Report.h - Facts of a compilation ------------------------*- C++ -*-===//
//
// What `criac --report` writes and `criac inspect` shows. docs/report.md has the JSON, field by
// field.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "report/KernelFacts.h"
#include "report/KernelLines.h"
#include "llvm/Support/JSON.h"
#include <deque>
#include <map>

namespace cria::report {

/// A part of a text, up to the next one, whose ops come from one block of the model.
struct OriginRun {
  std::int64_t line;   ///< the first, counted from 0
  std::int64_t origin; ///< an index; -1: from no block
};

struct Text {
  std::string kind; ///< mlir, llvm, asm or spec
  std::string content;
  std::vector<OriginRun> origins = {};
  std::string packed = {}; ///< as in a page; empty: not yet
};

/// A block of the model, where IR comes from.
struct Origin {
  std::string name;                ///< the prefix of its weights: model.layers.{}.mlp
  std::vector<std::int64_t> lines; ///< of the spec, counted from 0; two if weights are tied
};

struct Remark {
  std::string kind; ///< passed, missed, failure or analysis
  std::string pass, function, message;
  std::vector<std::pair<std::string, std::string>> args;
  std::string line; ///< the location, such as a weight's name
};

struct Step {
  std::string phase, pass, summary;
  double seconds = 0;
  bool changed = true;
  std::vector<std::pair<std::string, std::int64_t>> ops = {}; ///< by dialect
  std::optional<std::size_t> text = {};
  std::vector<KernelLines> lines = {};   ///< of the text
  std::vector<std::size_t> remarks = {}; ///< made by this step
};

/// The kernels that one set of fusions leads to.
struct FusionSet {
  std::vector<std::string> fuse; ///< in execution order
  std::uint64_t on = 0;          ///< bit i: fusion i of the report
  std::vector<KernelFacts> kernels;
  std::optional<std::size_t> text; ///< IR after the phase `fuse`
  std::vector<KernelLines> lines;
  std::vector<Remark> remarks;
};

struct Report {
  std::string version, command, model, source; ///< of criac; its command line; name and origin
  std::string triple, cpu, features;
  std::vector<std::pair<std::string, std::int64_t>> facts; ///< of the target, as in the IR
  std::vector<std::string> entries;
  struct Phase {
    std::string name, purpose, pipeline;
  };
  std::vector<Phase> phases;
  std::vector<std::pair<std::string, std::string>> fusions; ///< name and summary
  std::vector<Origin> origins;
  std::vector<Step> steps;
  std::vector<Remark> remarks;
  std::vector<KernelFacts> kernels;
  std::vector<FusionSet> sets;
  std::size_t chosen = 0; ///< the set that was compiled
  llvm::json::Value machine = nullptr;
  std::deque<Text> texts; ///< which stay where they are

  /// The number of a text with this content, which is kept once.
  std::size_t addText(const std::string &kind, llvm::StringRef content,
                      std::vector<OriginRun> origins = {});
  /// The lines of the last text, assembly, that are `kernel`'s; null if there are none.
  const KernelLines *assemblyOf(const std::string &kernel) const;

private:
  std::map<std::uint64_t, std::size_t> places; ///< in `texts`, by hash
};

/// The content of the texts is left out, or in "content".
std::string toJson(const Report &report, bool withTexts);

} // namespace cria::report
