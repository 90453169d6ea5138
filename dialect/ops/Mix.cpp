//===- Mix.cpp - Weighted sums of values ----------------------------------===//
#include "dialect/ops/CacheRows.h"
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
    return detail::bytesOfRows(operand.get(), 2, getVisibleRows(step), step);
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

FailureOr<SmallVector<Value>> MixOp::decomposeOperation(OpBuilder &b) {
  Emit emit(b, *this);
  int64_t headDim = cast<RankedTensorType>(getOut().getType()).getDimSize(2);
  Value zero = arith::ConstantOp::create(b, getLoc(),
                                         b.getZeroAttr(VectorType::get({headDim}, b.getF32Type())));
  auto ofGroup = [&](const HeadGroup &group, ValueRange outs) {
    Value values = plane(emit, getValues(), group.kvHead);
    auto ofRows = [&](Value row, int64_t count, ValueRange sums) {
      SmallVector<Value> weights;
      for (Value head : group.heads)
        weights.push_back(emit.readRow(getWeights(), {group.token, head}, row, count));
      return addValues(emit, sums, weights, values, row);
    };
    SmallVector<Value> zeros(group.heads.size(), zero);
    Value out = outs[0];
    for (auto [head, mixed] :
         llvm::zip_equal(group.heads, overRows(emit, emit.index(0), group.visible, zeros, ofRows)))
      out = writeRow(emit, mixed, out, {group.token, head, emit.index(0)});
    return SmallVector<Value>{out};
  };
  return overGroups(emit, *this, getPosition(), getWeights(), getValues(), getOut(), ofGroup);
}
