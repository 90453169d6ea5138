//===- Softmax.cpp - Scores to attention weights --------------------------===//
#include "dialect/ops/TensorBuilder.h"
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
  return detail::bytesOfPairs(operand.get(), getVisiblePairs(step));
}

int64_t SoftmaxOp::getBytesWritten(OpOperand &init, Step step) {
  return detail::bytesOfPairs(init.get(), getVisiblePairs(step));
}

Cost SoftmaxOp::getCost(Step step) {
  Cost cost = detail::operandBytes(*this, step);
  // A comparison, a difference, an exponential, an addition and a product.
  cost.flops = 5 * getVisiblePairs(step) * cast<ShapedType>(getX().getType()).getDimSize(1);
  return cost;
}

FailureOr<SmallVector<Value>> SoftmaxOp::decomposeOperation(OpBuilder &builder) {
  TensorBuilder b(builder, *this);
  OpFoldResult zero = b.getIndexAttr(0), one = b.getIndexAttr(1), heads = b.size(getX(), 1);
  auto ofToken = [&](Value token, Value out) {
    OpFoldResult seen =
        b.apply(b.getAffineSymbolExpr(0) + b.getAffineSymbolExpr(1) + 1, {getPosition(), token});
    TensorBuilder::Part part{{token, zero, zero}, {one, heads, seen}};
    Value x = b.extract(getX(), part, /*drop=*/0), written = b.extract(out, part, /*drop=*/0);
    auto stats = [&](double start) { return b.fill(start, b.empty(heads)); };
    Value top =
        b.generic(2, {{x, {0, 1}}}, {{stats(-std::numeric_limits<double>::infinity()), {0}}},
                  [&](ValueRange in, ValueRange most) -> SmallVector<Value> {
                    return {arith::MaxNumFOp::create(b, most[0], in[0])};
                  })[0];
    SmallVector<Value> exps =
        b.generic(2, {{x, {0, 1}}, {top, {0}}}, {{written, {0, 1}}, {stats(0), {0}}},
                  [&](ValueRange in, ValueRange old) {
                    Value exp = b.expOfDifference(in[0], in[1]);
                    return SmallVector<Value>{exp, b.addTerm(old[1], exp)};
                  });
    Value factor = b.map({}, exps[1], [&](ValueRange, Value sum) { return b.div(b.f32(1), sum); });
    Value weights = b.map({{factor, {0}}}, exps[0],
                          [&](ValueRange in, Value exp) { return b.mul(exp, in[0]); });
    return b.insert(weights, out, part);
  };
  return b.loopOver(getX(), 0, getOut(), [&](Value token, ValueRange carried) {
    return SmallVector<Value>{ofToken(token, carried[0])};
  });
}
