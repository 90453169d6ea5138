//===- Scores.cpp - Products of queries and keys --------------------------===//
#include "dialect/ops/HeadGroups.h"
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
  return detail::bytesOfPairs(init.get(), getVisiblePairs(step));
}

Cost ScoresOp::getCost(Step step) {
  auto q = cast<ShapedType>(getQ().getType());
  Cost cost = detail::operandBytes(*this, step);
  cost.flops = 2 * getVisiblePairs(step) * q.getDimSize(1) * q.getDimSize(2);
  return cost;
}

/// Tokens one by one, each with the rows that it sees.
FailureOr<SmallVector<Value>> ScoresOp::decomposeOperation(OpBuilder &builder) {
  TensorBuilder b(builder, *this);
  OpFoldResult zero = b.getIndexAttr(0), one = b.getIndexAttr(1);
  auto ofToken = [&](const HeadGroup &group, Value token, Value out) {
    OpFoldResult seen = b.apply(b.getAffineSymbolExpr(0) + b.getAffineSymbolExpr(1) + 1,
                                {getPosition(), token}),
                 heads = b.getIndexAttr(group.size);
    TensorBuilder::Part row{{token, zero, zero}, {one, heads, seen}};
    Value query =
        b.extract(getQ(), {{token, group.firstHead, zero}, {one, heads, b.size(getQ(), 2)}},
                  /*drop=*/0);
    Value scores = b.product(3, {query, {0, 2}}, {group.rows(b, getKeys(), zero, seen), {1, 2}},
                             {b.fill(0, b.extract(out, row, /*drop=*/0)), {0, 1}});
    if (double scale = getScale().convertToDouble(); scale != 1)
      scores =
          b.map({}, scores, [&](ValueRange, Value score) { return b.mul(score, b.f32(scale)); });
    return b.insert(scores, out, row);
  };
  return overGroups(b, *this, getQ(), getKeys(), getOut(),
                    [&](const HeadGroup &group, ValueRange outs) {
                      return b.loopOver(outs[0], 0, outs, [&](Value token, ValueRange carried) {
                        return SmallVector<Value>{ofToken(group, token, carried[0])};
                      });
                    });
}
