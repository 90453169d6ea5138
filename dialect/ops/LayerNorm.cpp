//===- LayerNorm.cpp - Layer norm -----------------------------------------===//
#include "dialect/ops/TensorBuilder.h"
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

FailureOr<SmallVector<Value>> LayerNormOp::decomposeOperation(OpBuilder &builder) {
  TensorBuilder b(builder, *this);
  OpFoldResult tokens = b.size(getX(), 0);
  double width = double(cast<RankedTensorType>(getX().getType()).getDimSize(1));
  // The mean over each row of what `term` makes of its elements and of `perToken`.
  auto mean = [&](ArrayRef<TensorBuilder::Operand> inputs, auto term) {
    Value sums = b.generic(
        2, inputs, {{b.fill(0, b.empty(tokens)), {0}}},
        [&](ValueRange in, ValueRange sum) { return SmallVector<Value>{term(in, sum[0])}; })[0];
    return b.map({}, sums, [&](ValueRange, Value sum) { return b.mul(sum, b.f32(1 / width)); });
  };
  TensorBuilder::Operand x{getX(), {0, 1}};
  Value centre = mean(x, [&](ValueRange in, Value sum) { return b.addTerm(sum, in[0]); });
  auto centred = [&](ValueRange in) -> Value { return arith::SubFOp::create(b, in[0], in[1]); };
  Value variance = mean({x, {centre, {0}}}, [&](ValueRange in, Value sum) {
    Value distance = centred(in);
    return b.addProduct(sum, distance, distance);
  });
  Value scale = b.map({}, variance, [&](ValueRange, Value v) { return b.rsqrt(v, getEps()); });
  SmallVector<TensorBuilder::Operand> inputs{x, {centre, {0}}, {scale, {0}}};
  for (Value factor : {getWeight(), getBias()})
    if (factor)
      inputs.push_back({factor, {1}});
  Value out = b.map(inputs, getOut(), [&](ValueRange in, Value) {
    Value y = b.mul(centred(in), in[2]);
    if (getWeight())
      y = b.mul(y, in[3]);
    return getBias() ? b.add(y, in.back()) : y;
  });
  return SmallVector<Value>{out};
}
