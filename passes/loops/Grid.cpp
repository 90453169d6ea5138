//===- Grid.cpp - The tiles of a kernel -----------------------------------===//
#include "passes/loops/Grid.h"
#include "llvm/ADT/SetVector.h"
#include <numeric>

using namespace mlir;

namespace cria {
namespace {

StringRef nameOf(Operation *op) { return op->getName().stripDialect(); }

/// The loop that splits `root` so that its tiles share the fewest bytes.
TileGroup bestGroup(TilingInterface root) {
  std::optional<TileGroup> best;
  for (unsigned loop = 0; loop < root.getLoopIteratorTypes().size(); ++loop) {
    TileGroup group(root, loop);
    auto rank = [](const TileGroup &g) { return std::tuple(-g.sharedBytes(), g.extent()); };
    if (!best || best->extent() == 1 || (group.extent() != 1 && rank(group) > rank(*best)))
      best = group;
  }
  return *best;
}

/// The op that makes `yielded`, behind reshapes; null if it is made outside of `body`.
Operation *rootOf(Value yielded, Block *body) {
  Operation *op = yielded.getDefiningOp();
  while (op && op->getBlock() == body && isReshape(op))
    op = op->getOperand(0).getDefiningOp();
  return op && op->getBlock() == body ? op : nullptr;
}

/// Whether another op of the kernel reads a result of `root`.
bool isReadInside(Operation *root) {
  return llvm::any_of(root->getUsers(), [](Operation *user) {
    return isReshape(user) ? isReadInside(user) : !isa<YieldOp>(user);
  });
}

} // namespace

Grid::Grid(KernelOp kernel) {
  findGroups(kernel);
  if (theFault.empty())
    checkRest(kernel);
  if (theFault.empty())
    checkUpdates(kernel);
}

void Grid::findGroups(KernelOp kernel) {
  Block *body = &kernel.getBody().front();
  llvm::SmallSetVector<Operation *, 4> roots;
  for (Value yielded : kernel.getYield().getValues())
    if (Operation *root = rootOf(yielded, body))
      roots.insert(root);
  for (Operation *root : roots) {
    if (!isa<TileMapOpInterface>(root)) {
      if (roots.size() > 1)
        theFault = (nameOf(root) + " cannot be tiled with others").str();
      return;
    }
    if (isReadInside(root)) {
      theFault = (nameOf(root) + " is read by other kernels too").str();
      return;
    }
    theGroups.push_back(bestGroup(cast<TilingInterface>(root)));
  }
  if (theGroups.empty())
    return;
  theExtent = theGroups.front().extent();
  for (const TileGroup &group : ArrayRef(theGroups).drop_front()) {
    bool sameLoop = group.loop() == theGroups.front().loop() && group.extent() != 1;
    if (group.extent() == theExtent && (sameLoop || theExtent == 1))
      continue;
    bool dynamic = ShapedType::isDynamic(group.extent()) || ShapedType::isDynamic(theExtent);
    int64_t common = dynamic ? 1 : std::gcd(group.extent(), theExtent);
    if (common == 1 || !sameLoop) {
      theFault = (nameOf(theGroups.front().root()) + " and " + nameOf(group.root()) +
                  " cannot be split into the same number of tiles")
                     .str();
      return;
    }
    theExtent = common;
  }
}

void Grid::checkRest(KernelOp kernel) {
  if (theGroups.empty())
    return;
  for (auto op : kernel.getBody().getOps<TileMapOpInterface>()) {
    bool tiled = llvm::any_of(theGroups, [&](const TileGroup &g) { return g.contains(op); });
    // One number per token: less work than reading it from memory would be waiting for it.
    if (tiled || isa<RmsScaleOp>(op) || isOpTriviallyDead(op))
      continue;
    theFault = (nameOf(op) + " cannot be computed tile by tile").str();
    return;
  }
}

/// A tile must not write what another tile, or a thread that has not begun yet, still reads.
void Grid::checkUpdates(KernelOp kernel) {
  for (auto op : kernel.getBody().getOps<TileMapOpInterface>())
    for (OpOperand &init : cast<DestinationStyleOpInterface>(*op).getDpsInitsMutable()) {
      if (!detail::readsBuffer(op, init))
        continue;
      for (OpOperand &use : init.get().getUses())
        if (&use != &init && kernel->isProperAncestor(use.getOwner())) {
          theFault = (nameOf(op) + " updates what " + nameOf(use.getOwner()) + " reads").str();
          return;
        }
    }
}

bool Grid::evenly() const {
  return theGroups.size() > 1 || llvm::any_of(theGroups, [](auto &g) { return g.evenly(); });
}

int64_t Grid::sum(int64_t (TileGroup::*bytes)() const) const {
  int64_t total = 0;
  for (const TileGroup &group : theGroups)
    total += (group.*bytes)();
  return total;
}

} // namespace cria
