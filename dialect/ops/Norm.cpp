//===- Norm.cpp - RMSNorm -------------------------------------------------===//
#include "dialect/ops/TensorBuilder.h"
#include "dialect/ops/Verify.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace cria;

/// rsqrt(mean_j x[t, j]² + eps), written to `into` [T].
static Value emitScale(TensorBuilder &b, Value x, Value into, const APFloat &eps) {
  auto width = double(cast<RankedTensorType>(x.getType()).getDimSize(1));
  Value squares =
      b.generic(2, {{x, {0, 1}}}, {{b.fill(0, into), {0}}}, [&](ValueRange in, ValueRange sum) {
        return SmallVector<Value>{b.addProduct(sum[0], in[0], in[0])};
      })[0];
  return b.map({}, squares,
               [&](ValueRange, Value sum) { return b.rsqrt(b.mul(sum, b.f32(1 / width)), eps); });
}

//===----------------------------------------------------------------------===//
// rms_scale
//===----------------------------------------------------------------------===//

LogicalResult RmsScaleOp::verify() {
  if (failed(expectSameDim(*this, "rms_scale_c1", {"out", getOut(), 0}, {"x", getX(), 0})))
    return failure();
  return expectEps(*this, "rms_scale_c2", getEps());
}

TileMap RmsScaleOp::getTileMap() { return {{{0, 0}}, {{{0}, {}}, {{0}}}}; }

Cost RmsScaleOp::getCost(Step step) {
  Cost cost = detail::operandBytes(*this, step);
  cost.flops = 2 * detail::elementsOf(getX(), step);
  return cost;
}

FailureOr<SmallVector<Value>> RmsScaleOp::decomposeOperation(OpBuilder &builder) {
  TensorBuilder b(builder, *this);
  return SmallVector<Value>{emitScale(b, getX(), getOut(), getEps())};
}

//===----------------------------------------------------------------------===//
// rms_norm
//===----------------------------------------------------------------------===//

LogicalResult RmsNormOp::verify() {
  if (failed(expectSameShape(*this, "rms_norm_c1", "out", getOut(), "x", getX())))
    return failure();
  if (getWeight() &&
      failed(expectSameDim(*this, "rms_norm_c2", {"weight", getWeight(), 0}, {"x", getX(), 1})))
    return failure();
  return expectEps(*this, "rms_norm_c3", getEps());
}

LogicalResult RmsNormOp::canonicalize(RmsNormOp op, PatternRewriter &rewriter) {
  if (!op.getWeight() || !matchPattern(op.getWeight(), m_OneFloat()))
    return failure();
  rewriter.modifyOpInPlace(op, [&] { op.getWeightMutable().clear(); });
  return success();
}

TileMap RmsNormOp::getTileMap() {
  TileMap map{{{0, 0}}, {{{0}, {}}}};
  if (getWeight())
    map.operands.push_back({{}});
  map.operands.push_back({{0}, {}});
  return map;
}

Cost RmsNormOp::getCost(Step step) {
  Cost cost = detail::operandBytes(*this, step);
  // A multiply-add for the mean square, one multiply by the scale, and one by the gain.
  cost.flops = detail::elementsOf(getX(), step) * (getWeight() ? 4 : 3);
  return cost;
}

FailureOr<SmallVector<Value>> RmsNormOp::decomposeOperation(OpBuilder &builder) {
  TensorBuilder b(builder, *this);
  Value scale = emitScale(b, getX(), b.empty(b.size(getX(), 0)), getEps());
  SmallVector<TensorBuilder::Operand> inputs{{getX(), {0, 1}}, {scale, {0}}};
  if (getWeight())
    inputs.push_back({getWeight(), {1}});
  return SmallVector<Value>{b.map(inputs, getOut(), [&](ValueRange in, Value) {
    Value y = b.mul(in[0], in[1]);
    return getWeight() ? b.mul(y, in[2]) : y;
  })};
}
