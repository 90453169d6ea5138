//===- Tiles.h - Sizes of tiles ---------------------------------*- C++ -*-===//
#pragma once
#include "dialect/base/Target.h"
#include "passes/cpu/units/Unit.h"
#include "passes/loops/Grid.h"

namespace cria {

/// Tile sizes, one per loop of the first root of `grid`, which `unit` multiplies; 0 for a loop that
/// is not tiled. Empty if the grid should be one tile.
llvm::SmallVector<int64_t> chooseTileSizes(const Grid &grid, const TargetInfo &target,
                                           const Unit &unit);

/// Why `grid` cannot be cut into tiles of these sizes; empty if it can.
std::string faultOfTiles(const Grid &grid, llvm::ArrayRef<int64_t> sizes);

} // namespace cria
