//===- Kernels.h - Making and merging kernels -------------------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/IR/PatternMatch.h"

namespace cria {

/// Puts `op` into a kernel of its own. Reshapes of its inputs and its empty destinations move
/// along, since they have no memory of their own.
KernelOp outline(mlir::RewriterBase &rewriter, mlir::Operation *op);

/// Moves the inputs of `second`, except results of `first`, before `first`. Fails without moving
/// anything if one of them depends on `first`.
llvm::LogicalResult bringForward(mlir::RewriterBase &rewriter, KernelOp second, KernelOp first);

/// Replaces both kernels by one, at the position of `first`, with the ops of both. Results of
/// `first` that only `second` used stay inside.
KernelOp mergeKernels(mlir::RewriterBase &rewriter, KernelOp first, KernelOp second);

} // namespace cria
