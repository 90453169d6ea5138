//===- TileSizes.h - Sizes of tiles -----------------------------*- C++ -*-===//
#pragma once
#include "dialect/base/Target.h"
#include "passes/loops/TileGroup.h"

namespace cria {

/// The group of `root` along the loop whose tiles share the fewest bytes.
TileGroup chooseGroup(mlir::TilingInterface root, int64_t mostTokens);

/// Tile sizes, one per loop of the root; 0 for a loop that is not tiled. Empty if the group should
/// stay one tile.
llvm::SmallVector<int64_t> chooseTileSizes(const TileGroup &group, const TargetInfo &target);

} // namespace cria
