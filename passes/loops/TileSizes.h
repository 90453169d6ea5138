//===- TileSizes.h - How large a tile is ------------------------*- C++ -*-===//
#pragma once
#include "dialect/base/Target.h"
#include "passes/loops/TileGroup.h"

namespace cria {

/// The group of `root` along the loop that lets its tiles share the least.
TileGroup chooseGroup(mlir::TilingInterface root);

/// Extents of tiles, one for each loop of the root, 0 for a loop that is not tiled. Empty if
/// the group is better left as one tile.
llvm::SmallVector<int64_t> chooseTileSizes(const TileGroup &group, const TargetInfo &target);

} // namespace cria
