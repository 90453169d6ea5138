//===- Attention.cpp - Grouped-query attention ----------------------------===//
#include "dialect/ops/KeyBlocks.h"
#include "dialect/ops/Verify.h"
#include <cmath>

using namespace mlir;
using namespace cria;

LogicalResult AttendOp::verify() {
  if (failed(expectSameShape(*this, "attend_c1", "out", getOut(), "q", getQ())) ||
      failed(expectSameShape(*this, "attend_c2", "values", getValues(), "keys", getKeys())))
    return failure();
  if (getElementTypeOrSelf(getKeys()) != getElementTypeOrSelf(getValues()))
    return emitOpError() << "attend_c2: keys are " << getElementTypeOrSelf(getKeys())
                         << " but values are " << getElementTypeOrSelf(getValues());
  if (failed(expectGroups(*this, "attend_c3", getQ(), getKeys())) ||
      failed(expectSameDim(*this, "attend_c4", {"keys", getKeys(), 2}, {"q", getQ(), 2})))
    return failure();
  if (!std::isfinite(getScale().convertToDouble()))
    return emitOpError() << "attend_c5: scale must be finite, found "
                         << getScale().convertToDouble();
  return success();
}

TileMap AttendOp::getTileMap() {
  int64_t group = groupSize(getQ(), getKeys()).value_or(int64_t(TileDim::unknown));
  OperandTile query{{0}, {1, group}, {}}, cache{{1}, {}, {}};
  return {{{0, 0}, {1, 0}}, {query, cache, cache, {}, query}};
}

int64_t AttendOp::getTokens() { return cast<ShapedType>(getQ().getType()).getDimSize(0); }
int64_t AttendOp::getCapacity() { return cast<ShapedType>(getKeys().getType()).getDimSize(1); }

int64_t AttendOp::getBytesRead(OpOperand &operand, Step step) {
  if (operand != getKeysMutable() && operand != getValuesMutable())
    return detail::bytesReadWhole(*this, operand, step);
  return detail::bytesOfRows(operand.get(), 1, getVisibleRows(step), step);
}

Cost AttendOp::getCost(Step step) {
  auto q = cast<ShapedType>(getQ().getType());
  Cost cost = detail::operandBytes(*this, step);
  cost.flops = 4 * getVisiblePairs(step) * q.getDimSize(1) * q.getDimSize(2);
  return cost;
}

FailureOr<SmallVector<Value>> AttendOp::decomposeOperation(OpBuilder &builder) {
  TensorBuilder b(builder, *this);
  return overGroups(b, *this, getQ(), getKeys(), getOut(),
                    [&](const HeadGroup &group, ValueRange outs) {
                      KeyBlocks blocks(b, *this, group, getQ(), getKeys(), getValues(),
                                       getScale().convertToDouble());
                      KeyBlocks::State state = blocks.overVisible(getPosition(), outs[0]);
                      return SmallVector<Value>{
                          b.map({{state.sum, {0, 1}}}, state.mixed,
                                [&](ValueRange in, Value mixed) { return b.div(mixed, in[0]); })};
                    });
}
