//===- AttendRows.cpp - Attention to some rows of the cache ---------------===//
#include "dialect/ops/KeyBlocks.h"
#include "dialect/ops/Verify.h"
#include <cmath>

using namespace mlir;
using namespace cria;

LogicalResult AttendRowsOp::verify() {
  if (failed(expectSameShape(*this, "attend_rows_c1", "mixed", getMixed(), "q", getQ())) ||
      failed(expectSameShape(*this, "attend_rows_c2", "values", getValues(), "keys", getKeys())))
    return failure();
  Type keyType = getElementTypeOrSelf(getKeys()), valueType = getElementTypeOrSelf(getValues());
  if (keyType != valueType)
    return emitOpError() << "attend_rows_c2: keys are " << keyType << " but values are "
                         << valueType;
  if (failed(expectGroups(*this, "attend_rows_c3", getQ(), getKeys())) ||
      failed(expectSameDim(*this, "attend_rows_c4", {"keys", getKeys(), 2}, {"q", getQ(), 2})) ||
      failed(expectStats(*this, "attend_rows_c5", getStats(), "q", getQ())))
    return failure();
  if (!std::isfinite(getScale().convertToDouble()))
    return emitOpError() << "attend_rows_c6: scale must be finite, found "
                         << getScale().convertToDouble();
  return success();
}

TileMap AttendRowsOp::getTileMap() {
  int64_t group = groupSize(getQ(), getKeys()).value_or(int64_t(TileDim::unknown));
  OperandTile query{{0}, {1, group}, {}}, cache{{1}, {}, {}};
  return {{{0, 0}, {1, 0}}, {query, cache, cache, {}, {}, query, query}};
}

/// Costs are those of all visible rows, since the range is not known statically: the parts of a
/// cache together read it once.
static int64_t visibleRows(AttendRowsOp op, Step step) {
  int64_t tokens = cria::detail::sizeOf(cast<ShapedType>(op.getQ().getType()).getDimSize(0), step);
  return std::min(cast<ShapedType>(op.getKeys().getType()).getDimSize(1), step.context + tokens);
}

int64_t AttendRowsOp::getBytesRead(OpOperand &operand, Step step) {
  if (operand != getKeysMutable() && operand != getValuesMutable())
    return detail::bytesReadWhole(*this, operand, step);
  return detail::bytesOfRows(operand.get(), 1, visibleRows(*this, step), step);
}

Cost AttendRowsOp::getCost(Step step) {
  Cost cost = detail::operandBytes(*this, step);
  cost.flops = 4 * detail::elementsOf(getQ(), step) * visibleRows(*this, step);
  return cost;
}

FailureOr<SmallVector<Value>> AttendRowsOp::decomposeOperation(OpBuilder &builder) {
  TensorBuilder b(builder, *this);
  auto ofGroup = [&](const HeadGroup &group, ValueRange outs) {
    KeyBlocks blocks(b, *this, group, getQ(), getKeys(), getValues(), getScale().convertToDouble());
    KeyBlocks::State state = blocks.over(getBegin(), getEnd(), outs[0]);
    Value stats = b.map(
        {{state.top, {0, 1}}, {state.sum, {0, 1}}}, outs[1], [&](ValueRange in, Value) -> Value {
          Value first = arith::CmpIOp::create(b, arith::CmpIPredicate::eq,
                                              linalg::IndexOp::create(b, 2), b.index(0));
          return arith::SelectOp::create(b, first, in[0], in[1]);
        });
    return SmallVector<Value>{state.mixed, stats};
  };
  return overGroups(b, *this, getQ(), getKeys(), {getMixed(), getStats()}, ofGroup);
}
