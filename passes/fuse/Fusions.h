//===- Fusions.h - The table of fusions -------------------------*- C++ -*-===//
#pragma once
#include "mlir/Support/LLVM.h"

namespace cria {

struct Fusion {
  llvm::StringLiteral name;    ///< in --fuse and --no-fuse
  llvm::StringLiteral summary; ///< one line
};

/// All fusions, sorted by name.
llvm::ArrayRef<Fusion> fusions();

/// The fusions in `fuse` but not in `without`, in the order of `fusions()`. Each is a
/// comma-separated list, "all" or "none"; an empty `fuse` means all. Throws cria::Error for an
/// unknown name.
llvm::SmallVector<llvm::StringRef> selectFusions(llvm::StringRef fuse, llvm::StringRef without);

} // namespace cria
