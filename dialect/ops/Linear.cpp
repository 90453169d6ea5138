//===- Linear.cpp - Products with a weight --------------------------------===//
#include "dialect/ops/TensorBuilder.h"
#include "dialect/ops/Verify.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include <cmath>

using namespace mlir;
using namespace cria;

LogicalResult LinearOp::verify() {
  if (failed(expectSameDim(*this, "linear_c1", {"weight", getWeight(), 1}, {"x", getX(), 1})) ||
      failed(expectSameDim(*this, "linear_c2", {"out", getOut(), 0}, {"x", getX(), 0})) ||
      failed(expectSameDim(*this, "linear_c2", {"out", getOut(), 1}, {"weight", getWeight(), 0})))
    return failure();
  if (getBias() &&
      failed(expectSameDim(*this, "linear_c3", {"bias", getBias(), 0}, {"weight", getWeight(), 0})))
    return failure();
  if (getGain() &&
      failed(expectSameDim(*this, "linear_c4", {"gain", getGain(), 0}, {"x", getX(), 1})))
    return failure();
  if (getScale() &&
      failed(expectSameDim(*this, "linear_c5", {"scale", getScale(), 0}, {"x", getX(), 0})))
    return failure();
  if (!std::isfinite(getAlpha().convertToDouble()))
    return emitOpError() << "linear_c6: alpha must be finite, found "
                         << getAlpha().convertToDouble();
  if (Type element = getElementTypeOrSelf(getX()); isBlock(element) && !isRounded(element))
    return emitOpError() << "linear_c7: x must be of f32 or q8, found " << element;
  return success();
}

LogicalResult LinearOp::canonicalize(LinearOp op, PatternRewriter &rewriter) {
  // Drop operands that have no effect.
  auto drop = [&](MutableOperandRange operand) {
    rewriter.modifyOpInPlace(op, [&] { operand.clear(); });
    return success();
  };
  if (op.getBias() && matchPattern(op.getBias(), m_AnyZeroFloat()))
    return drop(op.getBiasMutable());
  if (op.getGain() && matchPattern(op.getGain(), m_OneFloat()))
    return drop(op.getGainMutable());
  if (op.getScale() && matchPattern(op.getScale(), m_OneFloat()))
    return drop(op.getScaleMutable());
  return failure();
}

TileMap LinearOp::getTileMap() {
  TileMap map{{{0, 0}, {1, 0}}, {{{0}, {}}, {{1}, {}}}};
  if (getBias())
    map.operands.push_back({{1}});
  if (getGain())
    map.operands.push_back({{}});
  if (getScale())
    map.operands.push_back({{0}});
  map.operands.push_back({{0}, {1}});
  return map;
}

Cost LinearOp::getCost(Step step) {
  Cost cost = detail::operandBytes(*this, step);
  int64_t outputs = detail::elementsOf(getOut(), step);
  cost.flops = 2 * outputs * cast<ShapedType>(getX().getType()).getDimSize(1);
  if (getGain())
    cost.flops += detail::elementsOf(getX(), step);
  cost.flops +=
      outputs * (bool(getBias()) + bool(getScale()) + (getAlpha().convertToDouble() != 1));
  return cost;
}

//===----------------------------------------------------------------------===//
// Decomposition
//===----------------------------------------------------------------------===//

FailureOr<SmallVector<Value>> LinearOp::decomposeOperation(OpBuilder &builder) {
  TensorBuilder b(builder, *this);
  TensorBuilder::Operand x{getX(), {0, 2}}, weight{getWeight(), {1, 2}},
      sums{b.fill(0, getOut()), {0, 1}};
  Value out;
  if (getGain())
    out = b.generic(3, {x, weight, {getGain(), {2}}}, sums, [&](ValueRange in, ValueRange sum) {
      return SmallVector<Value>{b.addProduct(sum[0], b.mul(in[0], in[2]), in[1])};
    })[0];
  else
    out = b.product(3, x, weight, sums);
  double alpha = getAlpha().convertToDouble();
  SmallVector<TensorBuilder::Operand> factors;
  if (getScale())
    factors.push_back({getScale(), {0}});
  if (getBias())
    factors.push_back({getBias(), {1}});
  if (factors.empty() && alpha == 1)
    return SmallVector<Value>{out};
  return SmallVector<Value>{b.map(factors, out, [&](ValueRange in, Value sum) {
    if (getScale())
      sum = b.mul(sum, in.front());
    if (getBias())
      sum = b.add(sum, in.back());
    return alpha == 1 ? sum : b.mul(sum, b.f32(alpha));
  })};
}
