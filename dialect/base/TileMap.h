//===- TileMap.h - Operand slices of a tile ---------------------*- C++ -*-===//
//
// A computing op runs over a few parallel loops. Each dimension of each operand
// either follows one of them or is needed in full by every tile. That suffices to
// slice any operand for any tile, so tiling is implemented once for all ops.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "llvm/ADT/SmallVector.h"
#include <cstdint>
#include <optional>

namespace cria {

/// How one dimension of an operand follows the loops.
struct TileDim {
  static constexpr int whole = -1;
  int loop = whole; ///< index of the loop, or `whole`
  /// A scale that depends on dynamic sizes; such an op cannot be tiled.
  static constexpr int64_t unknown = 0;
  int64_t scale = 1;             ///< elements of this dimension per step of the loop, or `unknown`
  bool offsetByPosition = false; ///< the tile starts at position + loop offset (the cache)
};

using OperandTile = llvm::SmallVector<TileDim, 3>;

struct TileMap {
  /// Extents of the parallel loops, as (operand, dimension, scale): loop i runs over
  /// dim(operand, dimension) / scale.
  struct Loop {
    unsigned operand, dimension;
    int64_t scale = 1;
  };
  llvm::SmallVector<Loop, 2> loops;
  /// One entry per operand; empty for scalars.
  llvm::SmallVector<OperandTile, 6> operands;
  /// The loop over tokens, if there is one. Dimensions that follow it may be dynamic, and its
  /// offset is added to the op's position, if it has one.
  std::optional<unsigned> tokenLoop = 0;
};

} // namespace cria
