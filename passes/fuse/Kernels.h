//===- Kernels.h - Making and merging kernels --------------------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/IR/PatternMatch.h"

namespace cria {

/// A kernel around `op` alone. Reshapes of what it reads, and empty tensors that it writes
/// into, come along: neither is memory of its own.
KernelOp outline(mlir::RewriterBase &rewriter, mlir::Operation *op);

/// Moves what `second` needs, apart from results of `first`, before `first`. Fails, and moves
/// nothing, if some of that depends on `first`.
llvm::LogicalResult bringForward(mlir::RewriterBase &rewriter, KernelOp second, KernelOp first);

/// One kernel in the place of `first` with the ops of both. Results of `first` that nothing
/// but `second` used stay inside.
KernelOp mergeKernels(mlir::RewriterBase &rewriter, KernelOp first, KernelOp second);

} // namespace cria
