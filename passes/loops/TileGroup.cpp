//===- TileGroup.cpp - Ops that are computed together per tile ------------===//
#include "passes/loops/TileGroup.h"

using namespace mlir;

namespace cria {

TileMap mapOf(Operation *op) { return cast<TileMapOpInterface>(op).getTileMap(); }

namespace {

/// The dimension of `operand` that follows `loop`, if any.
std::optional<unsigned> dimensionOf(OpOperand &operand, unsigned loop) {
  TileMap map = mapOf(operand.getOwner());
  for (auto [i, dim] : llvm::enumerate(map.operands[operand.getOperandNumber()]))
    if (dim.loop == int(loop))
      return i;
  return std::nullopt;
}

/// Maps result dimension `i` of a reshape to the source dimension that it splits or leads; none if
/// it is an inner part.
std::optional<unsigned> throughReshape(Operation *op, unsigned i) {
  auto source = [&](ArrayRef<ReassociationIndices> groups) -> std::optional<unsigned> {
    for (auto [number, group] : llvm::enumerate(groups))
      if (group.front() == int64_t(i))
        return number;
    return std::nullopt;
  };
  if (auto expand = dyn_cast<tensor::ExpandShapeOp>(op))
    return source(expand.getReassociationIndices());
  return cast<tensor::CollapseShapeOp>(op).getReassociationIndices()[i].front();
}

/// The step that tilings are chosen for. Attention assumes a full cache, since its tiles matter
/// more the longer the context.
Step expectedStep(Operation *op, int64_t mostTokens) {
  Step step{0, mostTokens};
  if (auto causal = dyn_cast<CausalOpInterface>(op))
    step.context = causal.getCapacity() - detail::sizeOf(causal.getTokens(), step);
  return step;
}

} // namespace

TileGroup::TileGroup(TilingInterface root, unsigned loop, int64_t mostTokens)
    : theRoot(root), splitLoop(loop) {
  TileMap map = mapOf(root);
  auto [operand, dimension, scale] = map.loops[loop];
  int64_t size = cast<ShapedType>(root->getOperand(operand).getType()).getDimSize(dimension);
  theExtent = detail::sizeOf(size, {0, mostTokens}) / scale;
  dynamic = ShapedType::isDynamic(size);
  loops[root] = loop;
  for (Operation *op = root->getPrevNode(); op; op = op->getPrevNode())
    if (isa<TileMapOpInterface>(op))
      if (auto own = followingLoop(op))
        loops[op] = *own;
  for (auto [op, own] : loops)
    for (const OperandTile &dims : mapOf(op).operands)
      for (const TileDim &dim : dims)
        mustBeEven |= dim.loop == int(own) && dim.scale != 1;
  for (auto [op, own] : loops) {
    auto costly = cast<CostOpInterface>(op);
    Step step = expectedStep(op, mostTokens);
    for (OpOperand &operand : op->getOpOperands()) {
      Operation *producer = operand.get().getDefiningOp();
      while (producer && isReshape(producer))
        producer = producer->getOperand(0).getDefiningOp();
      if (producer && loops.contains(producer))
        continue;
      int64_t bytes = costly.getBytesRead(operand, step);
      if (cast<DestinationStyleOpInterface>(op).isDpsInit(&operand) && op == root)
        bytes += costly.getBytesWritten(operand, step);
      (dimensionOf(operand, own) ? split : shared) += bytes;
    }
    if (op != root)
      for (Value made : op->getResults())
        kept += detail::bytesOf(made, step);
  }
}

std::optional<unsigned> TileGroup::followingLoop(Operation *producer) {
  std::optional<unsigned> found;
  // Follow each use of a result to the operand of an op of the group.
  auto follow = [&](auto &self, OpResult made, Value value,
                    SmallVector<Operation *> reshapes) -> bool {
    for (OpOperand &use : value.getUses()) {
      Operation *user = use.getOwner();
      if (isReshape(user)) {
        SmallVector<Operation *> further(reshapes);
        further.push_back(user);
        if (!self(self, made, user->getResult(0), further))
          return false;
        continue;
      }
      auto member = loops.find(user);
      if (member == loops.end())
        return false;
      std::optional<unsigned> dimension = dimensionOf(use, member->second);
      for (Operation *reshape : llvm::reverse(reshapes))
        dimension = dimension ? throughReshape(reshape, *dimension) : std::nullopt;
      if (!dimension)
        return false;
      auto dst = cast<DestinationStyleOpInterface>(producer);
      unsigned init = dst.getTiedOpOperand(made)->getOperandNumber();
      TileDim dim = mapOf(producer).operands[init][*dimension];
      if (dim.loop == TileDim::whole || dim.offsetByPosition ||
          (found && *found != unsigned(dim.loop)))
        return false;
      found = dim.loop;
      mustBeEven |= !reshapes.empty();
    }
    return true;
  };
  for (OpResult result : producer->getResults())
    if (!follow(follow, result, result, {}))
      return std::nullopt;
  return found;
}

} // namespace cria
