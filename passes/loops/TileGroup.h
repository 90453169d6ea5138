//===- TileGroup.h - What is computed together for a tile --------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/Interfaces/TilingInterface.h"
#include "llvm/ADT/MapVector.h"

namespace cria {

/// A root, the last op of some work, split along one of its loops, and the ops of its kernel
/// that are computed for each tile of it: those whose results only the group uses, and whose
/// own loops follow the split. What does not follow it would be computed again by every tile,
/// so it is left for before.
class TileGroup {
public:
  TileGroup(mlir::TilingInterface root, unsigned loop);

  mlir::TilingInterface root() const { return theRoot; }
  unsigned loop() const { return splitLoop; }
  int64_t extent() const { return theExtent; } ///< trips of the split loop
  bool contains(mlir::Operation *op) const { return loops.contains(op); }
  /// Whether tiles must be of one size: an operand goes by groups, or is reshaped.
  bool evenly() const { return mustBeEven; }
  /// Bytes that the tiles share out, and bytes that each of them reads whole.
  int64_t splitBytes() const { return split; }
  int64_t sharedBytes() const { return shared; }
  /// Bytes that the tiles make and read again themselves, over all of them.
  int64_t keptBytes() const { return kept; }

private:
  /// The loop of `producer` that follows the group, or nothing if it has to stay outside.
  std::optional<unsigned> followingLoop(mlir::Operation *producer);

  mlir::TilingInterface theRoot;
  unsigned splitLoop;
  int64_t theExtent;
  bool mustBeEven = false;
  int64_t split = 0, shared = 0, kept = 0;
  llvm::MapVector<mlir::Operation *, unsigned> loops; ///< of each op, the one that is split
};

} // namespace cria
