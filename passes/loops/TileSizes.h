//===- TileSizes.h - How large a tile is ------------------------*- C++ -*-===//
#pragma once
#include "dialect/base/Target.h"
#include "mlir/Interfaces/TilingInterface.h"

namespace cria {

/// One size for each parallel loop of `op`; 0 leaves a loop whole. The loop that is split
/// is the one that walks the op's largest operand, so that each byte of it is read
/// by one core. Empty if the op is better left whole.
llvm::SmallVector<int64_t> chooseTileSizes(mlir::TilingInterface op, const TargetInfo &target);

} // namespace cria
