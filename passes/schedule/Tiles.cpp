//===- Tiles.cpp - Sizes of tiles -----------------------------------------===//
#include "passes/schedule/Tiles.h"
#include "passes/gpu/Block.h"
#include "passes/schedule/Policies.h"
#include "report/StepCost.h"
#include "llvm/ADT/bit.h"
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

bool splitsWeights(const Grid &grid) {
  bool any = false;
  forEachWeight(grid, [&](Type, int64_t) { any = true; });
  return any;
}

bool hasLinears(const Grid &grid) {
  return llvm::any_of(grid.groups(), [](const TileGroup &group) {
    return llvm::any_of(group.members(), [](auto member) { return isa<LinearOp>(member.first); });
  });
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

bool isGpu(const TargetInfo &target) { return target.backend == Backend::gpu; }

/// The fewest steps with as many outputs of each product as are computed side by side: in registers
/// of a core, or by the warps of a block.
int64_t fullBlocks(const Grid &grid, const TargetInfo &target, const Unit &unit) {
  int64_t steps = 1,
          outputs = isGpu(target) ? blockThreads / warpThreads : chooseBlock(target, unit).outputs;
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
  return !isGpu(target) && grid.sharedBytes() > capacityOf(target);
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
/// `unit`, with `least` outputs, of each product, or the extent. Where tokens are split instead, as
/// many of them.
int64_t wholeBlocks(const Grid &grid, int64_t size, int64_t least, const Unit &unit) {
  int64_t step = 0; // whole blocks are multiples of it
  auto add = [&](int64_t rows) {
    size = std::max(size, int64_t(llvm::divideCeil(least, rows)));
    step = std::lcm(std::max<int64_t>(step, 1), unit.outputs() / std::gcd(unit.outputs(), rows));
  };
  forEachWeight(grid, [&](Type, int64_t rows) { add(rows); });
  if (!step)
    add(1);
  while (size < grid.extent() && (grid.extent() % size || size % step))
    ++size;
  return std::min(size, grid.extent());
}

/// The same with as many outputs as are worth a tile, or with fewer, which use each activation less
/// often, as long as there are cores without a tile.
int64_t wholeBlocks(const Grid &grid, int64_t size, const TargetInfo &target, const Unit &unit) {
  int64_t least = unit.leastOutputs(), found = wholeBlocks(grid, size, least, unit);
  while (splitsWeights(grid) && least > unit.outputs() && 2 * grid.extent() / found <= target.cores)
    found = wholeBlocks(grid, std::min(size, found), least /= 2, unit);
  return found;
}

/// Whether all loops of the root can be split, since it is the only op. Products read weights for
/// all tokens.
bool hasFreeLoops(const Grid &grid) {
  return grid.groups().size() == 1 && grid.groups().front().members().size() == 1 &&
         !isa<LinearOp>(grid.groups().front().root());
}

/// The root split along its tokens, if it can be split so and the grid is not.
std::optional<TileGroup> tokensBeside(const Grid &grid) {
  if (!hasFreeLoops(grid))
    return std::nullopt;
  TilingInterface root = grid.groups().front().root();
  std::optional<unsigned> loop = mapOf(root).tokenLoop;
  if (!loop || loop == grid.groups().front().loop())
    return std::nullopt;
  return TileGroup(root, *loop, report::mostTokens(root->getParentOfType<func::FuncOp>()));
}

} // namespace

SmallVector<int64_t> chooseTileSizes(const Grid &grid, const TargetInfo &target, const Unit &unit) {
  if (grid.groups().empty() || grid.splitBytes() + grid.sharedBytes() <= target.l1Bytes)
    return {};
  int64_t size = std::max<int64_t>(1, grid.extent() / tileCount(grid, target));
  if (isGpu(target) || sharesMuch(grid, target))
    size = std::max(size, fullBlocks(grid, target, unit));
  // Multiprocessors begin all at once, so none should be without rows of a weight.
  if (isGpu(target) && splitsWeights(grid))
    size = std::min(size, std::max<int64_t>(1, grid.extent() / target.cores));
  size = unit.outputs() > 1 && hasLinears(grid) ? wholeBlocks(grid, size, target, unit)
                                                : preferDivisor(grid, size, wholePacked(grid));
  if (size >= grid.extent())
    return {};
  const TileGroup &first = grid.groups().front();
  SmallVector<int64_t> sizes(first.root().getLoopIteratorTypes().size(), 0);
  sizes[first.loop()] = size * (first.extent() / grid.extent());
  if (std::optional<TileGroup> tokens = isGpu(target) ? tokensBeside(grid) : std::nullopt) {
    // Each multiprocessor should have several warps that wait in turn.
    int64_t parts = llvm::divideCeil(target.cores, llvm::divideCeil(grid.extent(), size));
    if (parts > 1 && tokens->extent() > 1)
      sizes[tokens->loop()] =
          int64_t(llvm::bit_floor(uint64_t(std::max<int64_t>(1, tokens->extent() / parts))));
  }
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
    if (loop == first.loop() ? size == 0 : size != 0 && !hasFreeLoops(grid))
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
