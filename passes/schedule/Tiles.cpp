//===- Tiles.cpp - Sizes of tiles -----------------------------------------===//
#include "passes/schedule/Tiles.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InterleavedRange.h"
#include "llvm/Support/MathExtras.h"
#include <numeric>

using namespace mlir;

namespace cria {
namespace {

/// What divides tiles whose slices of packed weights are whole.
int64_t wholePacked(const Grid &grid) {
  constexpr unsigned outputs = 1; // a loop of linear
  int64_t all = 1;
  for (const TileGroup &group : grid.groups())
    for (auto [op, loop] : group.members())
      if (auto linear = dyn_cast<LinearOp>(op); linear && loop == outputs) {
        auto weight = cast<ShapedType>(linear.getWeight().getType());
        int64_t together = rowsTogether(weight.getElementType());
        all = std::lcm(all, together / std::gcd(together, weight.getDimSize(0) / grid.extent()));
      }
  return all;
}

/// The largest divisor of the extent in (size/2, size], or `size` if there is none: tiles of one
/// static size are faster than a partial last tile. All of them are multiples of `step`, as the
/// extent is.
int64_t preferDivisor(const Grid &grid, int64_t size, int64_t step) {
  size = int64_t(llvm::alignTo(size, step));
  int64_t least = grid.evenly() ? 1 : size / 2 + 1;
  for (int64_t candidate = size; candidate >= least; candidate -= step)
    if (grid.extent() % candidate == 0)
      return candidate;
  return size;
}

/// Number of tiles: enough that the data of each, shared data included, stays in the second-level
/// cache, but not so many that they read mostly shared data; enough that the intermediates of each
/// stay there too; and several per core if there is enough work.
int64_t tileCount(const Grid &grid, const TargetInfo &target) {
  constexpr int64_t perCore = 16; // so that a core that finishes one tile late is not late by much
  int64_t capacity = target.l2Bytes / 2;
  int64_t fitting = grid.splitBytes() / std::max(capacity, grid.sharedBytes());
  int64_t keeping = llvm::divideCeil(grid.keptBytes(), capacity);
  int64_t worthwhile = grid.splitBytes() / target.l1Bytes;
  return std::max({int64_t(2), fitting, keeping, std::min(perCore * target.cores, worthwhile)});
}

/// The smallest divisor of the extent that is at least `size` and gives a tile of whole blocks of
/// `unit`, or the extent.
int64_t wholeBlocks(const Grid &grid, int64_t size, const Unit &unit) {
  int64_t each = grid.groups().front().extent() / grid.extent();
  size = std::max(size, int64_t(llvm::divideCeil(unit.leastOutputs(), each)));
  while (size < grid.extent() && (grid.extent() % size || size * each % unit.outputs()))
    ++size;
  return std::min(size, grid.extent());
}

} // namespace

SmallVector<int64_t> chooseTileSizes(const Grid &grid, const TargetInfo &target, const Unit &unit) {
  if (grid.groups().empty() || grid.splitBytes() + grid.sharedBytes() <= target.l1Bytes)
    return {};
  int64_t size = std::max<int64_t>(1, grid.extent() / tileCount(grid, target));
  size = unit.outputs() > 1 ? wholeBlocks(grid, size, unit)
                            : preferDivisor(grid, size, wholePacked(grid));
  if (size >= grid.extent())
    return {};
  const TileGroup &first = grid.groups().front();
  SmallVector<int64_t> sizes(first.root().getLoopIteratorTypes().size(), 0);
  sizes[first.loop()] = size * (first.extent() / grid.extent());
  return sizes;
}

std::string faultOfTiles(const Grid &grid, ArrayRef<int64_t> sizes) {
  std::string all = llvm::formatv("tiles {0}", llvm::interleaved_array(sizes));
  if (grid.groups().empty())
    return all + ": it has no loop that can be split";
  const TileGroup &first = grid.groups().front();
  size_t loops = first.root().getLoopIteratorTypes().size();
  if (sizes.size() != loops)
    return llvm::formatv("{0}: its root has {1} loops, so there are {1} sizes", all, loops);
  for (auto [loop, size] : llvm::enumerate(sizes))
    if ((loop == first.loop()) != (size != 0))
      return llvm::formatv("{0}: only loop {1} can be split, and must be", all, first.loop());
  int64_t size = sizes[first.loop()];
  if (size > first.extent())
    return llvm::formatv("{0}: loop {1} has only {2} iterations", all, first.loop(),
                         first.extent());
  int64_t together = wholePacked(grid), each = first.extent() / grid.extent();
  if (together > 1 && size % (together * each))
    return llvm::formatv("{0}: loop {1} has steps of {2}, since rows of weights are packed", all,
                         first.loop(), together * each);
  if (!grid.evenly())
    return "";
  if (first.extent() % size != 0 || grid.extent() % (first.extent() / size) != 0)
    return llvm::formatv("{0}: all tiles must have the same size, so their number must divide {1}",
                         all, grid.extent());
  return "";
}

} // namespace cria
