//===- Swiglu.cpp - The gated activation ----------------------------------===//
#include "dialect/ops/Emit.h"
#include "dialect/ops/Verify.h"

using namespace mlir;
using namespace cria;

LogicalResult SwigluOp::verify() {
  if (failed(expectSameShape(*this, "swiglu_c1", "up", getUp(), "gate", getGate())))
    return failure();
  return expectSameShape(*this, "swiglu_c1", "out", getOut(), "gate", getGate());
}

TileMap SwigluOp::getTileMap() {
  OperandTile each{{0}, {1}};
  return {{{0, 0}, {0, 1}}, {each, each, each}, std::nullopt};
}

Cost SwigluOp::getCost(int64_t context) {
  Cost cost = detail::operandBytes(*this, context);
  // Exponential, add, divide, and two multiplies.
  cost.flops = 5 * cast<ShapedType>(getOut().getType()).getNumElements();
  return cost;
}

FailureOr<SmallVector<Value>> SwigluOp::decomposeOperation(OpBuilder &b) {
  Emit emit(b, *this);
  Location loc = getLoc();
  AffineMap each = b.getMultiDimIdentityMap(2);
  return emit.elementwise({getGate(), getUp()}, {each, each}, getOut(),
                          [&](ValueRange in) -> SmallVector<Value> {
                            Value negated = arith::NegFOp::create(b, loc, in[0]);
                            Value decay = math::ExpOp::create(b, loc, negated);
                            Value divisor = arith::AddFOp::create(b, loc, emit.f32(1), decay);
                            Value silu = arith::DivFOp::create(b, loc, in[0], divisor);
                            return {arith::MulFOp::create(b, loc, silu, in[1])};
                          });
}
