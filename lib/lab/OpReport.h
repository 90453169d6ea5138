//===- OpReport.h - What the compiler does to one op ------------*- C++ -*-===//
#pragma once
#include "report/Report.h"

namespace cria::lab {

/// The IR of a function after each pass that changed it, and its assembly.
struct OpReport {
  std::string name;
  std::vector<report::Step> steps; ///< for this machine
  std::size_t host, wasm;          ///< texts
};

/// What becomes of the function `name` of `text`, alone, with its texts added to `report`. Throws
/// cria::Error.
OpReport reportOp(llvm::StringRef text, const std::string &name, report::Report &report);

} // namespace cria::lab
