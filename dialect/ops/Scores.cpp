//===- Scores.cpp - Products of queries and keys --------------------------===//
#include "dialect/ops/CacheRows.h"
#include "dialect/ops/Verify.h"
#include <cmath>

using namespace mlir;
using namespace cria;

LogicalResult ScoresOp::verify() {
  if (failed(expectSameDim(*this, "scores_c1", {"out", getOut(), 0}, {"q", getQ(), 0})) ||
      failed(expectSameDim(*this, "scores_c1", {"out", getOut(), 1}, {"q", getQ(), 1})) ||
      failed(expectSameDim(*this, "scores_c1", {"out", getOut(), 2}, {"keys", getKeys(), 1})) ||
      failed(expectGroups(*this, "scores_c2", getQ(), getKeys())) ||
      failed(expectSameDim(*this, "scores_c3", {"keys", getKeys(), 2}, {"q", getQ(), 2})))
    return failure();
  if (!std::isfinite(getScale().convertToDouble()))
    return emitOpError() << "scores_c4: scale must be finite, found "
                         << getScale().convertToDouble();
  return success();
}

TileMap ScoresOp::getTileMap() {
  int64_t group = groupSize(getQ(), getKeys()).value_or(int64_t(TileDim::unknown));
  OperandTile ofHeads{{0}, {1, group}, {}};
  return {{{0, 0}, {1, 0}}, {ofHeads, {{1}, {}, {}}, {}, ofHeads}};
}

int64_t ScoresOp::getTokens() { return cast<ShapedType>(getQ().getType()).getDimSize(0); }
int64_t ScoresOp::getCapacity() { return cast<ShapedType>(getKeys().getType()).getDimSize(1); }

int64_t ScoresOp::getBytesRead(OpOperand &operand, Step step) {
  if (operand != getKeysMutable())
    return detail::bytesReadWhole(*this, operand, step);
  return detail::bytesOfRows(operand.get(), 1, getVisibleRows(step), step);
}

int64_t ScoresOp::getBytesWritten(OpOperand &init, Step step) {
  return detail::bytesOfRows(init.get(), 2, getVisibleRows(step), step);
}

Cost ScoresOp::getCost(Step step) {
  auto q = cast<ShapedType>(getQ().getType());
  Cost cost = detail::operandBytes(*this, step);
  cost.flops = 2 * getVisiblePairs(step) * q.getDimSize(1) * q.getDimSize(2);
  return cost;
}

FailureOr<SmallVector<Value>> ScoresOp::decomposeOperation(OpBuilder &b) {
  Emit emit(b, *this);
  auto ofGroup = [&](const HeadGroup &group, ValueRange outs) {
    Value queries = plane(emit, getQ(), group.token);
    Value keys = plane(emit, getKeys(), group.kvHead);
    auto ofRows = [&](Value row, int64_t count, ValueRange carried) {
      SmallVector<Value> scores =
          scoresOf(emit, queries, group.heads, keys, row, count, getScale().convertToDouble());
      Value out = carried[0];
      for (auto [head, score] : llvm::zip_equal(group.heads, scores))
        out = writeRow(emit, score, out, {group.token, head, row});
      return SmallVector<Value>{out};
    };
    return overRows(emit, emit.index(0), group.visible, outs, ofRows);
  };
  return overGroups(emit, *this, getPosition(), getQ(), getKeys(), getOut(), ofGroup);
}
