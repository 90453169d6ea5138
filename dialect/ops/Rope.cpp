//===- Rope.cpp - Rotary position embedding -------------------------------===//
#include "dialect/base/RopeFrequencies.h"
#include "dialect/ops/TensorBuilder.h"
#include "dialect/ops/Verify.h"
#include <cmath>

using namespace mlir;
using namespace cria;

//===----------------------------------------------------------------------===//
// rotary_table
//===----------------------------------------------------------------------===//

LogicalResult RotaryTableOp::verify() {
  if (failed(expectSameShape(*this, "rotary_table_c1", "sin", getSin(), "cos", getCos())))
    return failure();
  double theta = getTheta().convertToDouble();
  if (!(theta > 0) || !std::isfinite(theta))
    return emitOpError() << "rotary_table_c2: theta must be finite and positive, found " << theta;
  if (getScaling().getKind() == RopeScalingKind::yarn && !(theta > 1))
    return emitOpError() << "rotary_table_c3: theta must be greater than 1 for yarn, found "
                         << theta;
  return success();
}

TileMap RotaryTableOp::getTileMap() { return {{{1, 0}}, {{}, {{0}, {}}, {{0}, {}}}}; }

Cost RotaryTableOp::getCost(Step step) {
  Cost cost = detail::operandBytes(*this, step);
  // The angle; the sine and cosine count as one operation each.
  cost.flops = 3 * detail::elementsOf(getCos(), step);
  return cost;
}

FailureOr<SmallVector<Value>> RotaryTableOp::decomposeOperation(OpBuilder &builder) {
  TensorBuilder b(builder, *this);
  int64_t pairs = cast<RankedTensorType>(getCos().getType()).getDimSize(1);
  SmallVector<double> frequencies =
      ropeFrequencies(getTheta().convertToDouble(), 2 * pairs, getScaling());
  auto type = RankedTensorType::get({pairs}, b.getF64Type());
  Value table =
      arith::ConstantOp::create(b, DenseElementsAttr::get(type, ArrayRef<double>(frequencies)));
  return b.generic(2, {{table, {1}}}, {{getCos(), {0, 1}}, {getSin(), {0, 1}}},
                   [&](ValueRange in, ValueRange) {
                     Value row = linalg::IndexOp::create(b, 0);
                     Value token = arith::AddIOp::create(b, getPosition(), row);
                     Value asInt = arith::IndexCastOp::create(b, b.getI64Type(), token);
                     Value asFloat = arith::SIToFPOp::create(b, b.getF64Type(), asInt);
                     Value angle = b.mul(asFloat, in[0]);
                     Value cos = math::CosOp::create(b, angle), sin = math::SinOp::create(b, angle);
                     if (double magnitude = getScaling().getMagnitude(); magnitude != 1) {
                       Value by = arith::ConstantOp::create(b, b.getF64FloatAttr(magnitude));
                       cos = b.mul(cos, by);
                       sin = b.mul(sin, by);
                     }
                     return SmallVector<Value>{arith::TruncFOp::create(b, b.getF32Type(), cos),
                                               arith::TruncFOp::create(b, b.getF32Type(), sin)};
                   });
}

//===----------------------------------------------------------------------===//
// rope
//===----------------------------------------------------------------------===//

LogicalResult RopeOp::verify() {
  if (failed(expectSameShape(*this, "rope_c1", "out", getOut(), "x", getX())))
    return failure();
  int64_t headDim = cast<ShapedType>(getX().getType()).getDimSize(2);
  if (headDim % 2)
    return emitOpError() << "rope_c2: head dim must be even, found " << headDim;
  for (auto [name, table] : {std::pair("cos", getCos()), std::pair("sin", getSin())}) {
    if (failed(expectSameDim(*this, "rope_c3", {name, table, 0}, {"x", getX(), 0})))
      return failure();
    int64_t pairs = cast<ShapedType>(table.getType()).getDimSize(1);
    if (pairs != headDim / 2)
      return emitOpError() << "rope_c3: dim(" << name << ", 1) is " << pairs
                           << " but half the head dim is " << headDim / 2;
  }
  return success();
}

TileMap RopeOp::getTileMap() {
  OperandTile heads{{0}, {1}, {}}, table{{0}, {}};
  return {{{0, 0}, {0, 1}}, {heads, table, table, heads}};
}

Cost RopeOp::getCost(Step step) {
  Cost cost = detail::operandBytes(*this, step);
  cost.flops = 3 * detail::elementsOf(getX(), step);
  return cost;
}

/// First all first elements of pairs, then all second ones.
FailureOr<SmallVector<Value>> RopeOp::decomposeOperation(OpBuilder &builder) {
  TensorBuilder b(builder, *this);
  int64_t pairs = cast<RankedTensorType>(getX().getType()).getDimSize(2) / 2;
  bool half = getPairing() == RopePairing::half;
  OpFoldResult zero = b.getIndexAttr(0), one = b.getIndexAttr(1);
  OpFoldResult tokens = b.size(getX(), 0), heads = b.size(getX(), 1);
  AffineExpr second = b.getAffineSymbolExpr(0);
  auto elements = [&](AffineExpr which, Value i) -> TensorBuilder::Part {
    return {{zero, zero, b.apply(half ? which * pairs : which, {i})},
            {tokens, heads, b.getIndexAttr(pairs)},
            {one, one, b.getIndexAttr(half ? 1 : 2)}};
  };
  return b.loop(b.index(0), b.index(2), 1, getOut(), [&](Value i, ValueRange carried) {
    TensorBuilder::Part own = elements(second, i), other = elements(1 - second, i);
    Value isFirst = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, i, b.index(0));
    Value sign = arith::SelectOp::create(b, isFirst, b.f32(-1), b.f32(1));
    Value turned = b.map({{b.extract(getX(), own), {0, 1, 2}},
                          {b.extract(getX(), other), {0, 1, 2}},
                          {getCos(), {0, 2}},
                          {getSin(), {0, 2}}},
                         b.extract(carried[0], own), [&](ValueRange in, Value) {
                           return b.add(b.mul(in[0], in[2]), b.mul(b.mul(in[1], sign), in[3]));
                         });
    return SmallVector<Value>{b.insert(turned, carried[0], own)};
  });
}
