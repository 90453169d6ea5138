//===- Fusions.h - The fusions that can be chosen ----------------*- C++ -*-===//
#pragma once
#include "mlir/Support/LLVM.h"

namespace cria {

struct Fusion {
  llvm::StringLiteral name;    ///< as switches name it
  llvm::StringLiteral summary; ///< one line
};

/// All of them, by name.
llvm::ArrayRef<Fusion> fusions();

/// The names in `fuse`, without those in `without`: lists with commas, "all" or "none"; an
/// empty `fuse` is all. They are in the order of `fusions()`. Throws cria::Error for a name
/// that is none.
llvm::SmallVector<llvm::StringRef> selectFusions(llvm::StringRef fuse, llvm::StringRef without);

} // namespace cria
