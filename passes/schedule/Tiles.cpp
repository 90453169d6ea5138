//===- Tiles.cpp - Sizes of tiles -----------------------------------------===//
#include "passes/schedule/Tiles.h"
#include "passes/schedule/Policies.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InterleavedRange.h"
#include "llvm/Support/MathExtras.h"
#include <numeric>

using namespace mlir;

namespace cria {
namespace {

/// Calls `visit` for each weight whose rows the grid is split along, with its rows in a step.
void forEachWeight(const Grid &grid, function_ref<void(Type element, int64_t rows)> visit) {
  constexpr unsigned outputs = 1; // a loop of linear
  for (const TileGroup &group : grid.groups())
    for (auto [op, loop] : group.members())
      if (auto linear = dyn_cast<LinearOp>(op); linear && loop == outputs) {
        auto weight = cast<ShapedType>(linear.getWeight().getType());
        visit(weight.getElementType(), weight.getDimSize(0) / grid.extent());
      }
}

/// What divides tiles whose slices of packed weights are whole.
int64_t wholePacked(const Grid &grid) {
  int64_t all = 1;
  forEachWeight(grid, [&](Type element, int64_t rows) {
    int64_t together = rowsTogether(element);
    all = std::lcm(all, together / std::gcd(together, rows));
  });
  return all;
}

/// The fewest steps with as many outputs of each product as are computed side by side.
int64_t fullBlocks(const Grid &grid, const TargetInfo &target, const Unit &unit) {
  int64_t steps = 1, outputs = chooseBlock(target, unit).outputs;
  forEachWeight(grid, [&](Type, int64_t rows) {
    steps = std::max(steps, int64_t(llvm::divideCeil(outputs, rows)));
  });
  return steps;
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

/// What the second-level cache has room for beside what comes and goes.
int64_t capacityOf(const TargetInfo &target) { return target.l2Bytes / 2; }

/// Whether each tile of a CPU reads more shared data than stays in the cache: many tokens, mostly.
bool sharesMuch(const Grid &grid, const TargetInfo &target) {
  return target.backend == Backend::cpu && grid.sharedBytes() > capacityOf(target);
}

/// Number of tiles: enough that the intermediates of each stay in the second-level cache, and its
/// data, shared data included, if the shared data does; and several per core if there is enough
/// work, so that one that finishes a tile late is not late by much. Much shared data is copied for
/// each tile, so that there are fewer then.
int64_t tileCount(const Grid &grid, const TargetInfo &target) {
  int64_t capacity = capacityOf(target), perCore = sharesMuch(grid, target) ? 4 : 16;
  int64_t fitting =
      sharesMuch(grid, target) ? 0 : grid.splitBytes() / std::max(capacity, grid.sharedBytes());
  int64_t keeping = llvm::divideCeil(grid.keptBytes(), capacity);
  int64_t worthwhile = grid.splitBytes() / target.l1Bytes;
  return std::max({int64_t(2), fitting, keeping, std::min(perCore * target.cores, worthwhile)});
}

/// The smallest divisor of the extent that is at least `size` and gives a tile of whole blocks of
/// `unit` of each product, or the extent. Where tokens are split instead, as many of them.
int64_t wholeBlocks(const Grid &grid, int64_t size, const Unit &unit) {
  int64_t step = 0; // whole blocks are multiples of it
  auto add = [&](int64_t rows) {
    size = std::max(size, int64_t(llvm::divideCeil(unit.leastOutputs(), rows)));
    step = std::lcm(std::max<int64_t>(step, 1), unit.outputs() / std::gcd(unit.outputs(), rows));
  };
  forEachWeight(grid, [&](Type, int64_t rows) { add(rows); });
  if (!step)
    add(1);
  while (size < grid.extent() && (grid.extent() % size || size % step))
    ++size;
  return std::min(size, grid.extent());
}

} // namespace

SmallVector<int64_t> chooseTileSizes(const Grid &grid, const TargetInfo &target, const Unit &unit) {
  if (grid.groups().empty() || grid.splitBytes() + grid.sharedBytes() <= target.l1Bytes)
    return {};
  int64_t size = std::max<int64_t>(1, grid.extent() / tileCount(grid, target));
  if (sharesMuch(grid, target))
    size = std::max(size, fullBlocks(grid, target, unit));
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
