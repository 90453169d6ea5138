//===- TileSizes.cpp - Sizes of tiles -------------------------------------===//
#include "passes/loops/TileSizes.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace cria {
namespace {

/// The largest divisor of the extent in (size/2, size], or `size` if there is none: tiles of one
/// static size are faster than a partial last tile.
int64_t preferDivisor(const TileGroup &group, int64_t size) {
  int64_t least = group.evenly() ? 1 : size / 2 + 1;
  for (int64_t candidate = size; candidate >= least; --candidate)
    if (group.extent() % candidate == 0)
      return candidate;
  return size;
}

/// Number of tiles: enough that the data of each, shared data included, stays in the second-level
/// cache, but not so many that they read mostly shared data; enough that the intermediates of each
/// stay there too; and several per core if there is enough work.
int64_t tileCount(const TileGroup &group, const TargetInfo &target) {
  constexpr int64_t perCore = 16; // so that a core that finishes one tile late is not late by much
  int64_t capacity = target.l2Bytes / 2;
  int64_t fitting = group.splitBytes() / std::max(capacity, group.sharedBytes());
  int64_t keeping = llvm::divideCeil(group.keptBytes(), capacity);
  int64_t worthwhile = group.splitBytes() / target.l1Bytes;
  return std::max({int64_t(2), fitting, keeping, std::min(perCore * target.cores, worthwhile)});
}

} // namespace

TileGroup chooseGroup(TilingInterface root, int64_t mostTokens) {
  std::optional<TileGroup> best;
  for (unsigned loop = 0; loop < root.getLoopIteratorTypes().size(); ++loop) {
    TileGroup group(root, loop, mostTokens);
    auto rank = [](const TileGroup &g) { return std::tuple(-g.sharedBytes(), g.extent()); };
    if (!best || best->extent() < 2 || (group.extent() > 1 && rank(group) > rank(*best)))
      best = group;
  }
  return *best;
}

SmallVector<int64_t> chooseTileSizes(const TileGroup &group, const TargetInfo &target) {
  if (group.splitBytes() + group.sharedBytes() <= target.l1Bytes)
    return {};
  int64_t size = std::max<int64_t>(1, group.extent() / tileCount(group, target));
  if (size == group.extent())
    return {};
  SmallVector<int64_t> sizes(group.root().getLoopIteratorTypes().size(), 0);
  sizes[group.loop()] = preferDivisor(group, size);
  return sizes;
}

} // namespace cria
