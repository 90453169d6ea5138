//===- Tail.h - A kernel at the end of another one --------------*- C++ -*-===//
#pragma once
#include "passes/gpu/BlockAccess.h"

namespace cria {

/// Blocks of a launch, divided evenly along one dimension of their grid.
struct Grouping {
  unsigned axis;  ///< of x, y, z
  int64_t size;   ///< blocks along it that a group has
  int64_t blocks; ///< of a group, in all dimensions

  int64_t groupOf(const BlockId &block) const { return block[axis] / size; }

  static Grouping all(const BlockId &blocks);
  /// All that make `groups` groups.
  static llvm::SmallVector<Grouping, 3> even(const BlockId &blocks, int64_t groups);
};

/// All blocks of a launch, as fences name them.
struct DeviceScope {
  llvm::StringLiteral name; ///< for LLVM's back end
  /// Whether a fence orders what other threads of the block did before a barrier too. On AMD's GPUs
  /// a wave waits for its own writes alone.
  bool cumulative;
};

/// Makes block g of `tail`, whose grid has `groups` blocks along x, the end of the block of `head`
/// that is the last of group g to finish. `arguments` of the head are those of the tail.
void appendTail(mlir::gpu::GPUFuncOp head, mlir::gpu::GPUFuncOp tail, mlir::ValueRange arguments,
                const Grouping &grouping, int64_t groups, DeviceScope scope);

} // namespace cria
