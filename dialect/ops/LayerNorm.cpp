//===- LayerNorm.cpp - Layer norm -----------------------------------------===//
#include "dialect/ops/Emit.h"
#include "dialect/ops/Verify.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace cria;

LogicalResult LayerNormOp::verify() {
  if (failed(expectSameShape(*this, "layer_norm_c1", "out", getOut(), "x", getX())))
    return failure();
  if (getWeight() &&
      failed(expectSameDim(*this, "layer_norm_c2", {"weight", getWeight(), 0}, {"x", getX(), 1})))
    return failure();
  if (getBias() &&
      failed(expectSameDim(*this, "layer_norm_c3", {"bias", getBias(), 0}, {"x", getX(), 1})))
    return failure();
  return expectEps(*this, "layer_norm_c4", getEps());
}

LogicalResult LayerNormOp::canonicalize(LayerNormOp op, PatternRewriter &rewriter) {
  // Drop a weight or a bias that has no effect.
  auto drop = [&](MutableOperandRange operand) {
    rewriter.modifyOpInPlace(op, [&] { operand.clear(); });
    return success();
  };
  if (op.getWeight() && matchPattern(op.getWeight(), m_OneFloat()))
    return drop(op.getWeightMutable());
  if (op.getBias() && matchPattern(op.getBias(), m_AnyZeroFloat()))
    return drop(op.getBiasMutable());
  return failure();
}

TileMap LayerNormOp::getTileMap() {
  TileMap map{{{0, 0}}, {{{0}, {}}}};
  if (getWeight())
    map.operands.push_back({{}});
  if (getBias())
    map.operands.push_back({{}});
  map.operands.push_back({{0}, {}});
  return map;
}

Cost LayerNormOp::getCost(Step step) {
  Cost cost = detail::operandBytes(*this, step);
  // Mean, centring, a multiply-add for the variance, and the product with its root.
  int64_t each = 5 + bool(getWeight()) + bool(getBias());
  cost.flops = each * detail::elementsOf(getX(), step);
  return cost;
}

FailureOr<SmallVector<Value>> LayerNormOp::decomposeOperation(OpBuilder &b) {
  Emit emit(b, *this);
  Location loc = getLoc();
  int64_t width = cast<RankedTensorType>(getX().getType()).getDimSize(1);
  auto mean = [&](Value sum) -> Value {
    return arith::MulFOp::create(b, loc, sum, emit.f32(1.0 / width));
  };
  auto squared = [&](Value value) -> Value { return arith::MulFOp::create(b, loc, value, value); };
  Value out = emit.loop(emit.dim(getX(), 0), getOut(), [&](Value t, ValueRange carried) {
    Value centre = mean(emit.sum(getX(), t, [](Value x) { return x; }));
    Value variance = mean(emit.sum(getX(), t, [&](Value x) {
      Value centres = vector::BroadcastOp::create(b, loc, x.getType(), centre);
      return squared(arith::SubFOp::create(b, loc, x, centres));
    }));
    Value scale = emit.rsqrt(variance, getEps());
    SmallVector<Value> factors;
    if (getWeight())
      factors.push_back(getWeight());
    if (getBias())
      factors.push_back(getBias());
    return SmallVector<Value>{emit.mapRow(getX(), t, factors, carried[0], [&](ValueRange in) {
      Value y = arith::SubFOp::create(b, loc, in[0], centre);
      y = arith::MulFOp::create(b, loc, y, scale);
      if (getWeight())
        y = arith::MulFOp::create(b, loc, y, in[1]);
      return getBias() ? arith::AddFOp::create(b, loc, y, in.back()) : y;
    })};
  })[0];
  return SmallVector<Value>{out};
}
