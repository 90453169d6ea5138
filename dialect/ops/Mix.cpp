//===- Mix.cpp - Weighted sums of values ----------------------------------===//
#include "dialect/ops/HeadGroups.h"
#include "dialect/ops/Verify.h"

using namespace mlir;
using namespace cria;

LogicalResult MixOp::verify() {
  return success(
      succeeded(
          expectSameDim(*this, "mix_c1", {"out", getOut(), 0}, {"weights", getWeights(), 0})) &&
      succeeded(
          expectSameDim(*this, "mix_c1", {"out", getOut(), 1}, {"weights", getWeights(), 1})) &&
      succeeded(expectSameDim(*this, "mix_c1", {"out", getOut(), 2}, {"values", getValues(), 2})) &&
      succeeded(expectGroups(*this, "mix_c2", getWeights(), getValues())) &&
      succeeded(expectSameDim(*this, "mix_c3", {"weights", getWeights(), 2},
                              {"values", getValues(), 1})));
}

TileMap MixOp::getTileMap() {
  int64_t group = groupSize(getWeights(), getValues()).value_or(int64_t(TileDim::unknown));
  OperandTile ofHeads{{0}, {1, group}, {}};
  return {{{0, 0}, {1, 0}}, {ofHeads, {{1}, {}, {}}, {}, ofHeads}};
}

int64_t MixOp::getTokens() { return cast<ShapedType>(getWeights().getType()).getDimSize(0); }
int64_t MixOp::getCapacity() { return cast<ShapedType>(getValues().getType()).getDimSize(1); }

int64_t MixOp::getBytesRead(OpOperand &operand, Step step) {
  if (operand == getWeightsMutable())
    return detail::bytesOfPairs(operand.get(), getVisiblePairs(step));
  if (operand == getValuesMutable())
    return detail::bytesOfRows(operand.get(), 1, getVisibleRows(step), step);
  return detail::bytesReadWhole(*this, operand, step);
}

Cost MixOp::getCost(Step step) {
  auto out = cast<ShapedType>(getOut().getType());
  Cost cost = detail::operandBytes(*this, step);
  cost.flops = 2 * getVisiblePairs(step) * out.getDimSize(1) * out.getDimSize(2);
  return cost;
}

/// Tokens one by one: weights of rows that a token does not see are not set.
FailureOr<SmallVector<Value>> MixOp::decomposeOperation(OpBuilder &builder) {
  TensorBuilder b(builder, *this);
  OpFoldResult zero = b.getIndexAttr(0), one = b.getIndexAttr(1);
  auto ofToken = [&](const HeadGroup &group, Value token, Value out) {
    OpFoldResult seen = b.apply(b.getAffineSymbolExpr(0) + b.getAffineSymbolExpr(1) + 1,
                                {getPosition(), token}),
                 heads = b.getIndexAttr(group.size);
    TensorBuilder::Part row{{token, zero, zero}, {one, heads, b.size(out, 2)}};
    Value weights = b.extract(getWeights(), {{token, group.firstHead, zero}, {one, heads, seen}},
                              /*drop=*/0);
    Value mixed = b.product(3, {weights, {0, 2}}, {group.rows(b, getValues(), zero, seen), {2, 1}},
                            {b.fill(0, b.extract(out, row, /*drop=*/0)), {0, 1}});
    return b.insert(mixed, out, row);
  };
  return overGroups(b, *this, getWeights(), getValues(), getOut(),
                    [&](const HeadGroup &group, ValueRange outs) {
                      return b.loopOver(outs[0], 0, outs, [&](Value token, ValueRange carried) {
                        return SmallVector<Value>{ofToken(group, token, carried[0])};
                      });
                    });
}
