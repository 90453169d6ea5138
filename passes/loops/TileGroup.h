//===- TileGroup.h - Ops that are computed together per tile ----*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/Interfaces/TilingInterface.h"
#include "llvm/ADT/MapVector.h"

namespace cria {

/// The tile map of `op`, which must have one.
TileMap mapOf(mlir::Operation *op);

/// Whether `op` only groups the dimensions of a tensor differently.
inline bool isReshape(mlir::Operation *op) {
  return mlir::isa<mlir::tensor::ExpandShapeOp, mlir::tensor::CollapseShapeOp>(op);
}

/// A root op, split along one of its loops, and the ops of its kernel that are computed for each of
/// its tiles: those whose results only the group uses and whose own loops follow the split. An op
/// that does not follow the split would be recomputed by every tile, so it stays outside and is
/// computed once before.
class TileGroup {
public:
  /// `mostTokens` is the greatest number of tokens of a step, where it is dynamic.
  TileGroup(mlir::TilingInterface root, unsigned loop, int64_t mostTokens);

  mlir::TilingInterface root() const { return theRoot; }
  unsigned loop() const { return splitLoop; }
  int64_t extent() const { return theExtent; } ///< most trips of the split loop
  /// Whether the number of trips is known only when it runs: that of tokens.
  bool isDynamic() const { return dynamic; }
  bool contains(mlir::Operation *op) const { return loops.contains(op); }
  /// The ops of the group, each with its loop that follows the split.
  llvm::ArrayRef<std::pair<mlir::Operation *, unsigned>> members() const {
    return loops.getArrayRef();
  }
  /// Whether all tiles must have the same size, because an operand is grouped or reshaped.
  bool evenly() const { return mustBeEven; }
  /// Bytes partitioned across the tiles, and bytes that every tile reads in full.
  int64_t splitBytes() const { return split; }
  int64_t sharedBytes() const { return shared; }
  /// Bytes that tiles write and read again themselves, summed over all tiles.
  int64_t keptBytes() const { return kept; }

private:
  /// The loop of `producer` that follows the split; none if the producer must stay outside.
  std::optional<unsigned> followingLoop(mlir::Operation *producer);

  mlir::TilingInterface theRoot;
  unsigned splitLoop;
  int64_t theExtent;
  bool dynamic;
  bool mustBeEven = false;
  int64_t split = 0, shared = 0, kept = 0;
  llvm::MapVector<mlir::Operation *, unsigned> loops; ///< the split loop of each op
};

} // namespace cria
