//===- Norm.cpp - RMSNorm -------------------------------------------------===//
#include "dialect/ops/Emit.h"
#include "dialect/ops/Verify.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace cria;

/// rsqrt(mean_j x[t, j]² + eps)
static Value emitScale(Emit &emit, Value x, Value t, const APFloat &eps) {
  OpBuilder &b = emit.b;
  int64_t width = cast<RankedTensorType>(x.getType()).getDimSize(1);
  Value squares = emit.dot(x, t, x, t);
  Value mean = arith::MulFOp::create(b, emit.loc, squares, emit.f32(1.0 / width));
  return emit.rsqrt(mean, eps);
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

FailureOr<SmallVector<Value>> RmsScaleOp::decomposeOperation(OpBuilder &b) {
  Emit emit(b, *this);
  return SmallVector<Value>(emit.loop(emit.dim(getX(), 0), getOut(), [&](Value t, ValueRange out) {
    Value scale = emitScale(emit, getX(), t, getEps());
    return SmallVector<Value>{tensor::InsertOp::create(b, getLoc(), scale, out[0], t)};
  }));
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

FailureOr<SmallVector<Value>> RmsNormOp::decomposeOperation(OpBuilder &b) {
  Emit emit(b, *this);
  Location loc = getLoc();
  SmallVector<Value> factors;
  if (getWeight())
    factors.push_back(getWeight());
  Value out = emit.loop(emit.dim(getX(), 0), getOut(), [&](Value t, ValueRange carried) {
    Value scale = emitScale(emit, getX(), t, getEps());
    return SmallVector<Value>{emit.mapRow(getX(), t, factors, carried[0], [&](ValueRange in) {
      Value y = arith::MulFOp::create(b, loc, in[0], scale);
      return getWeight() ? arith::MulFOp::create(b, loc, y, in[1]) : y;
    })};
  })[0];
  return SmallVector<Value>{out};
}
