//===- InnerLoop.h - The loop a kernel spends its time in -------*- C++ -*-===//
#pragma once
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace cria::report {

/// The instructions of a loop, and how fast a CPU takes them if all data is in its first cache.
struct InnerLoop {
  std::int64_t first, last;      ///< lines of the assembly, counted from 0
  std::int64_t instructions = 0; ///< of one round
  double cycles = 0;             ///< of one round, many after one another
  double atLeast = 0;            ///< cycles that the busiest unit or the front end takes
};

/// The lines of a loop without a call and without branches but its own: that of `kernel` with most
/// multiplications, if each loop around it runs it twice. `begin` is the number of the first
/// line.
std::optional<InnerLoop> innerLoop(llvm::ArrayRef<llvm::StringRef> kernel, std::int64_t begin);

} // namespace cria::report
