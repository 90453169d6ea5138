//===- Grid.cpp - The tiles of a kernel -----------------------------------===//
#include "passes/loops/Grid.h"
#include "report/StepCost.h"
#include "llvm/ADT/SetVector.h"
#include <numeric>

using namespace mlir;

namespace cria {
namespace {

StringRef nameOf(Operation *op) { return op->getName().stripDialect(); }

/// The op that makes `yielded`, behind reshapes; null if it is made outside of `body`.
Operation *rootOf(Value yielded, Block *body) {
  Operation *op = yielded.getDefiningOp();
  while (op && op->getBlock() == body && isReshape(op))
    op = op->getOperand(0).getDefiningOp();
  return op && op->getBlock() == body ? op : nullptr;
}

/// Most tiles that all of `groups` can be split into. Loops with a dynamic number of trips are not
/// fused.
int64_t commonExtent(ArrayRef<TileGroup> groups) {
  int64_t common = groups.front().extent();
  if (groups.size() > 1 && llvm::any_of(groups, [](auto &g) { return g.isDynamic(); }))
    return 1;
  for (const TileGroup &group : groups.drop_front())
    common = std::gcd(group.extent(), common);
  return common;
}

/// An op of `kernel` that is neither computed tile by tile nor small enough for every thread to
/// compute for itself; null if there is none.
Operation *untiledOp(KernelOp kernel, ArrayRef<TileGroup> groups) {
  for (auto op : kernel.getBody().getOps<TileMapOpInterface>()) {
    bool tiled = llvm::any_of(groups, [&](const TileGroup &g) { return g.contains(op); });
    // One number per token: less work than reading it from memory would be waiting for it.
    if (!tiled && !isa<RmsScaleOp>(op) && !isOpTriviallyDead(op))
      return op;
  }
  return nullptr;
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
  }
  chooseLoop(kernel, roots.getArrayRef());
}

/// Splits all of `roots` along the same loop, tokens or features: one along which every op can be
/// computed tile by tile, that has more than one tile, and whose tiles share the fewest bytes.
void Grid::chooseLoop(KernelOp kernel, ArrayRef<Operation *> roots) {
  if (roots.empty())
    return;
  std::optional<std::tuple<bool, bool, bool, int64_t, int64_t>> best;
  unsigned loops = std::numeric_limits<unsigned>::max();
  for (Operation *root : roots)
    loops = std::min<unsigned>(loops, mapOf(root).loops.size());
  int64_t mostTokens = report::mostTokens(kernel->getParentOfType<func::FuncOp>());
  for (unsigned loop = 0; loop < loops; ++loop) {
    SmallVector<TileGroup> groups;
    for (Operation *root : roots)
      groups.emplace_back(cast<TilingInterface>(root), loop, mostTokens);
    int64_t extent = commonExtent(groups), shared = 0;
    for (const TileGroup &group : groups)
      shared += group.sharedBytes();
    bool many = extent != 1, all = !untiledOp(kernel, groups);
    auto rank = std::tuple(many && all, many, all, -shared, extent);
    if (best && *best >= rank)
      continue;
    best = rank;
    theExtent = extent;
    theGroups = std::move(groups);
  }
  if (theExtent == 1 && llvm::any_of(theGroups, [](auto &g) { return g.extent() != 1; }))
    theFault = (nameOf(roots.front()) + " and " + nameOf(roots.back()) +
                " cannot be split into the same number of tiles")
                   .str();
}

void Grid::checkRest(KernelOp kernel) {
  if (theGroups.empty())
    return;
  if (Operation *op = untiledOp(kernel, theGroups))
    theFault = (nameOf(op) + " cannot be computed tile by tile").str();
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
