//===- KernelLines.h - Which lines of a text are a kernel's -----*- C++ -*-===//
#pragma once
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace cria::report {

/// Lines of a text, counted from 0; `last` is included.
struct KernelLines {
  std::string kernel; ///< its name: "decode.qkv"
  std::int64_t first, last;
};

/// In IR as printed: the `cria.kernel` ops of functions, or the functions that they became. In
/// LLVM IR and assembly: functions. Those whose name has a dot, as those of kernels do.
std::vector<KernelLines> kernelLines(llvm::StringRef text, llvm::StringRef extension);

} // namespace cria::report
