//===- BlockAccess.h - The memory that blocks of a launch use ---*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"

namespace cria {

/// A block of a launch: x, y, z.
using BlockId = std::array<int64_t, 3>;

/// The blocks of `launch` in each dimension; none if they are not known when it is compiled.
std::optional<BlockId> blocksOf(mlir::gpu::LaunchFuncOp launch);

/// What blocks of a launch read and write of the memory that it is given: bytes, found from the
/// views of the kernel as each block computes them, or more of them where offsets are not known.
/// Memory that a block has for itself, weights and constants do not count.
class BlockAccess {
public:
  /// None if something in the kernel uses memory in a way that cannot be followed.
  static std::optional<BlockAccess> of(mlir::gpu::LaunchFuncOp launch);

  /// Bytes from `begin` to `end` of `memory`, an operand of the launch.
  struct Bytes {
    mlir::Value memory;
    int64_t begin, end;
  };
  struct Uses {
    llvm::SmallVector<Bytes> read, written;
  };
  Uses usesOf(const BlockId &block) const;

  /// Whether an order between these two matters: one writes what the other reads or writes.
  static bool dependent(const Uses &first, const Uses &second);

private:
  explicit BlockAccess(mlir::gpu::LaunchFuncOp launch, mlir::gpu::GPUFuncOp kernel)
      : launch(launch), kernel(kernel) {}

  struct Access {
    mlir::Value buffer;
    bool writes;
  };
  mlir::gpu::LaunchFuncOp launch;
  mlir::gpu::GPUFuncOp kernel;
  llvm::SmallVector<Access> accesses;
};

} // namespace cria
