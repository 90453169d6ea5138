//===- Grid.h - The tiles of a kernel ---------------------------*- C++ -*-===//
#pragma once
#include "passes/loops/TileGroup.h"

namespace cria {

/// A kernel as one grid of tiles. Each op that makes a yielded value is the root of a group; tile i
/// of the grid is tile i of every group. Ops in no group are computed before the grid, by every
/// thread for itself, so they must be small.
class Grid {
public:
  explicit Grid(KernelOp kernel);

  /// Why the kernel is not one grid; empty if it is.
  llvm::StringRef fault() const { return theFault; }
  /// In order of their roots. Empty for a kernel that is a loop already, or does nothing.
  llvm::ArrayRef<TileGroup> groups() const { return theGroups; }

  /// Most tiles: the greatest common divisor of the extents, for the most tokens of a step.
  int64_t extent() const { return theExtent; }
  /// Whether all tiles must have the same size.
  bool evenly() const;
  /// Bytes, summed over the groups, as of `TileGroup`.
  int64_t splitBytes() const { return sum(&TileGroup::splitBytes); }
  int64_t sharedBytes() const { return sum(&TileGroup::sharedBytes); }
  int64_t keptBytes() const { return sum(&TileGroup::keptBytes); }

private:
  int64_t sum(int64_t (TileGroup::*bytes)() const) const;
  void findGroups(KernelOp kernel);
  void chooseLoop(KernelOp kernel, llvm::ArrayRef<mlir::Operation *> roots);
  void checkRest(KernelOp kernel);
  void checkUpdates(KernelOp kernel);

  llvm::SmallVector<TileGroup> theGroups;
  int64_t theExtent = 1;
  std::string theFault;
};

} // namespace cria
