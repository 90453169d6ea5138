//===- KernelFacts.h - What kernels read, write and compute -----*- C++ -*-===//
#pragma once
#include "mlir/IR/BuiltinOps.h"
#include "report/Amount.h"
#include "report/InnerLoop.h"
#include <string>
#include <vector>

namespace cria::report {

/// A value that crosses a kernel's boundary.
struct Flow {
  /// Where it is read from: the id of the kernel that made it, "weights", "cache" or "input". Where
  /// it is written to: "workspace" (for kernels to read), "cache" or "output".
  std::string memory;
  std::string what; ///< a weight's name in the checkpoint, or what made the value
  /// Of a value that a loop carries: the kernel that makes it for the next iteration. Of rows of a
  /// cache: the kernel that wrote the newest. Else empty.
  std::string after;
  Amount bytes; ///< per call of the kernel
};

/// A kernel after the phase `schedule`. Amounts are per call of the kernel.
struct KernelFacts {
  std::string name;        ///< of its function, and unique: "decode.qkv"
  std::string entry;       ///< "decode"
  std::string label;       ///< "qkv"
  std::int64_t times;      ///< calls in one call of the entry point
  std::int64_t mostTokens; ///< of one call
  std::vector<std::pair<std::string, std::int64_t>> ops = {}; ///< name and number, in order
  std::string launch = {};       ///< on a GPU, the kernel that it is launched with; empty: itself
  std::string schedule = {};     ///< as in the IR; empty: all defaults
  Amount bytes = {}, flops = {}; ///< as in the table of the binary
  std::vector<Flow> reads = {}, writes = {}; ///< in all, `bytes`
  std::optional<InnerLoop> loop = {};        ///< if its code was made and has one
};

/// The kernels of all entry points, in order of execution.
std::vector<KernelFacts> kernelsOf(mlir::ModuleOp module);

} // namespace cria::report
