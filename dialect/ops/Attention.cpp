//===- Attention.cpp - Grouped-query attention ----------------------------===//
#include "dialect/ops/Emit.h"
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
  int64_t heads = cast<ShapedType>(getQ().getType()).getDimSize(1);
  int64_t kvHeads = cast<ShapedType>(getKeys().getType()).getDimSize(0);
  if (!ShapedType::isDynamic(heads) && !ShapedType::isDynamic(kvHeads) &&
      (kvHeads == 0 || heads % kvHeads))
    return emitOpError() << "attend_c3: " << heads << " query heads cannot share " << kvHeads
                         << " kv heads";
  if (failed(expectSameDim(*this, "attend_c4", {"keys", getKeys(), 2}, {"q", getQ(), 2})))
    return failure();
  if (!std::isfinite(getScale().convertToDouble()))
    return emitOpError() << "attend_c5: scale must be finite, found "
                         << getScale().convertToDouble();
  return success();
}

TileMap AttendOp::getTileMap() {
  // Query heads that share one kv head.
  int64_t heads = cast<ShapedType>(getQ().getType()).getDimSize(1);
  int64_t kvHeads = cast<ShapedType>(getKeys().getType()).getDimSize(0);
  bool known = !ShapedType::isDynamic(heads) && !ShapedType::isDynamic(kvHeads);
  int64_t group = known ? heads / kvHeads : TileDim::unknown;
  OperandTile query{{0}, {1, group}, {}}, cache{{1}, {}, {}};
  return {{{0, 0}, {1, 0}}, {query, cache, cache, {}, query}, 0};
}

int64_t AttendOp::getBytesRead(OpOperand &operand, int64_t context) {
  if (operand != getKeysMutable() && operand != getValuesMutable())
    return detail::bytesReadWhole(*this, operand);
  // The rows that are visible to the last token.
  auto cache = cast<ShapedType>(operand.get().getType());
  int64_t rows = context + cast<ShapedType>(getQ().getType()).getDimSize(0);
  return rows * cache.getDimSize(0) * cache.getDimSize(2) * cache.getElementTypeBitWidth() / 8;
}

Cost AttendOp::getCost(int64_t context) {
  auto q = cast<ShapedType>(getQ().getType());
  int64_t tokens = q.getDimSize(0);
  // Token t sees context + t + 1 rows.
  int64_t pairs = tokens * context + tokens * (tokens + 1) / 2;
  Cost cost = detail::operandBytes(*this, context);
  cost.flops = 4 * pairs * q.getDimSize(1) * q.getDimSize(2);
  return cost;
}

FailureOr<SmallVector<Value>> AttendOp::decomposeOperation(OpBuilder &b) {
  Emit emit(b, *this);
  Location loc = getLoc();
  int64_t headDim = cast<RankedTensorType>(getQ().getType()).getDimSize(2);
  // A last tile may hold a dynamic number of heads, and of kv heads.
  Value group = b.createOrFold<arith::DivUIOp>(loc, emit.dim(getQ(), 1), emit.dim(getKeys(), 0));
  Value zero = emit.index(0);
  auto row = VectorType::get({headDim}, b.getF32Type());
  auto splat = [&](Value x) -> Value { return vector::BroadcastOp::create(b, loc, row, x); };
  auto mul = [&](Value x, Value y) -> Value { return arith::MulFOp::create(b, loc, x, y); };
  auto expOfDifference = [&](Value x, Value y) -> Value {
    return math::ExpOp::create(b, loc, arith::SubFOp::create(b, loc, x, y));
  };

  // One pass over the visible rows of the cache. Carried: the greatest score so far, the
  // sum of exponentials relative to it, and the values weighted by them.
  auto online = [&](Value h, Value visible, Value query) -> Value {
    Value g = arith::DivUIOp::create(b, loc, h, group);
    Value lowest = emit.f32(-std::numeric_limits<float>::infinity());
    Value zeros = arith::ConstantOp::create(b, loc, b.getZeroAttr(row));
    auto state = emit.loop(visible, {lowest, emit.f32(0), zeros}, [&](Value j, ValueRange s) {
      Value key = emit.readRow(getKeys(), {g, j}, zero, headDim);
      Value value = emit.readRow(getValues(), {g, j}, zero, headDim);
      Value score = vector::ReductionOp::create(
          b, loc, vector::CombiningKind::ADD, mul(query, key), Value(),
          arith::FastMathFlags::reassoc | arith::FastMathFlags::contract);
      Value top = arith::MaximumFOp::create(b, loc, s[0], score);
      Value decay = expOfDifference(s[0], top), weight = expOfDifference(score, top);
      Value sum = arith::AddFOp::create(b, loc, mul(s[1], decay), weight);
      Value mix = arith::AddFOp::create(b, loc, mul(s[2], splat(decay)), mul(value, splat(weight)));
      return SmallVector<Value>{top, sum, mix};
    });
    return arith::DivFOp::create(b, loc, state[2], splat(state[1]));
  };

  Value scale = splat(emit.f32(getScale().convertToDouble()));
  Value out = emit.loop(emit.dim(getQ(), 0), getOut(), [&](Value t, ValueRange tokens) {
    Value last = arith::AddIOp::create(b, loc, getPosition(), t);
    Value visible = arith::AddIOp::create(b, loc, last, emit.index(1));
    return SmallVector<Value>(
        emit.loop(emit.dim(getQ(), 1), tokens, [&](Value h, ValueRange heads) {
          Value query = mul(emit.readRow(getQ(), {t, h}, zero, headDim), scale);
          Value mixed = online(h, visible, query);
          return SmallVector<Value>{vector::TransferWriteOp::create(b, loc, mixed, heads[0],
                                                                    ValueRange{t, h, zero},
                                                                    ArrayRef<bool>{true})
                                        .getResult()};
        }));
  })[0];
  return SmallVector<Value>{out};
}
