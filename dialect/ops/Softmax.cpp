//===- Softmax.cpp - Scores to attention weights --------------------------===//
#include "dialect/ops/CacheRows.h"
#include "dialect/ops/Verify.h"

using namespace mlir;
using namespace cria;

LogicalResult SoftmaxOp::verify() {
  return expectSameShape(*this, "softmax_c1", "out", getOut(), "x", getX());
}

TileMap SoftmaxOp::getTileMap() {
  OperandTile ofHeads{{0}, {1}, {}};
  return {{{0, 0}, {0, 1}}, {ofHeads, {}, ofHeads}};
}

int64_t SoftmaxOp::getTokens() { return cast<ShapedType>(getX().getType()).getDimSize(0); }
int64_t SoftmaxOp::getCapacity() { return cast<ShapedType>(getX().getType()).getDimSize(2); }

int64_t SoftmaxOp::getBytesRead(OpOperand &operand, Step step) {
  if (operand != getXMutable())
    return 0;
  return detail::bytesOfRows(operand.get(), 2, getVisibleRows(step), step);
}

int64_t SoftmaxOp::getBytesWritten(OpOperand &init, Step step) {
  return detail::bytesOfRows(init.get(), 2, getVisibleRows(step), step);
}

Cost SoftmaxOp::getCost(Step step) {
  Cost cost = detail::operandBytes(*this, step);
  // A comparison, a difference, an exponential, an addition and a product.
  cost.flops = 5 * getVisiblePairs(step) * cast<ShapedType>(getX().getType()).getDimSize(1);
  return cost;
}

/// Three passes over the scores per token and head: the maximum, the exponentials and their sum,
/// and the division by it.
FailureOr<SmallVector<Value>> SoftmaxOp::decomposeOperation(OpBuilder &b) {
  Emit emit(b, *this);
  Location loc = getLoc();
  using Kind = vector::CombiningKind;
  auto ofHead = [&](Value t, Value h, Value visible, Value out) -> Value {
    auto over = [&](ValueRange inits, auto body) {
      return overRows(emit, emit.index(0), visible, inits, body);
    };
    auto splat = [&](Value x, int64_t count) -> Value {
      auto vector = VectorType::get({count}, b.getF32Type());
      return vector::BroadcastOp::create(b, loc, vector, x);
    };
    Value least = emit.f32(-std::numeric_limits<float>::infinity());
    Value top = over(least, [&](Value row, int64_t count, ValueRange found) {
      Value x = emit.readRow(getX(), {t, h}, row, count);
      return SmallVector<Value>{vector::ReductionOp::create(b, loc, Kind::MAXNUMF, x, found[0])};
    })[0];
    SmallVector<Value> written =
        over({out, emit.f32(0)}, [&](Value row, int64_t count, ValueRange carried) {
          Value x = emit.readRow(getX(), {t, h}, row, count);
          Value exp =
              math::ExpOp::create(b, loc, arith::SubFOp::create(b, loc, x, splat(top, count)));
          Value sum = vector::ReductionOp::create(b, loc, Kind::ADD, exp, carried[1],
                                                  arith::FastMathFlags::reassoc);
          return SmallVector<Value>{writeRow(emit, exp, carried[0], {t, h, row}), sum};
        });
    Value factor = arith::DivFOp::create(b, loc, emit.f32(1), written[1]);
    return over(written[0], [&](Value row, int64_t count, ValueRange carried) {
      Value exp = emit.readRow(carried[0], {t, h}, row, count);
      Value weight = arith::MulFOp::create(b, loc, exp, splat(factor, count));
      return SmallVector<Value>{writeRow(emit, weight, carried[0], {t, h, row})};
    })[0];
  };
  return SmallVector<Value>(emit.loop(emit.dim(getX(), 0), getOut(), [&](Value t, ValueRange out) {
    Value last = arith::AddIOp::create(b, loc, getPosition(), t);
    Value visible = arith::AddIOp::create(b, loc, last, emit.index(1));
    return SmallVector<Value>(emit.loop(emit.dim(getX(), 1), out, [&](Value h, ValueRange carried) {
      return SmallVector<Value>{ofHead(t, h, visible, carried[0])};
    }));
  }));
}
