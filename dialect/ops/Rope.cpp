//===- Rope.cpp - Rotary position embedding -------------------------------===//
#include "dialect/base/RopeFrequencies.h"
#include "dialect/ops/Emit.h"
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

FailureOr<SmallVector<Value>> RotaryTableOp::decomposeOperation(OpBuilder &b) {
  Location loc = getLoc();
  int64_t pairs = cast<RankedTensorType>(getCos().getType()).getDimSize(1);
  SmallVector<double> frequencies =
      ropeFrequencies(getTheta().convertToDouble(), 2 * pairs, getScaling());
  auto type = RankedTensorType::get({pairs}, b.getF64Type());
  Value table = arith::ConstantOp::create(
      b, loc, DenseElementsAttr::get(type, ArrayRef<double>(frequencies)));

  AffineMap column = AffineMap::get(2, 0, b.getAffineDimExpr(1));
  auto generic = linalg::GenericOp::create(
      b, loc, getResultTypes(), table, ValueRange{getCos(), getSin()},
      ArrayRef<AffineMap>{column, b.getMultiDimIdentityMap(2), b.getMultiDimIdentityMap(2)},
      SmallVector<utils::IteratorType>(2, utils::IteratorType::parallel),
      [&](OpBuilder &, Location, ValueRange in) {
        Value row = linalg::IndexOp::create(b, loc, 0);
        Value token = arith::AddIOp::create(b, loc, getPosition(), row);
        Value asInt = arith::IndexCastOp::create(b, loc, b.getI64Type(), token);
        Value asFloat = arith::SIToFPOp::create(b, loc, b.getF64Type(), asInt);
        Value angle = arith::MulFOp::create(b, loc, asFloat, in[0]);
        Value cos = math::CosOp::create(b, loc, angle), sin = math::SinOp::create(b, loc, angle);
        if (double magnitude = getScaling().getMagnitude(); magnitude != 1) {
          Value by = arith::ConstantOp::create(b, loc, b.getF64FloatAttr(magnitude));
          cos = arith::MulFOp::create(b, loc, cos, by);
          sin = arith::MulFOp::create(b, loc, sin, by);
        }
        linalg::YieldOp::create(b, loc,
                                ValueRange{arith::TruncFOp::create(b, loc, b.getF32Type(), cos),
                                           arith::TruncFOp::create(b, loc, b.getF32Type(), sin)});
      });
  return SmallVector<Value>(generic.getResults());
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

FailureOr<SmallVector<Value>> RopeOp::decomposeOperation(OpBuilder &b) {
  Emit emit(b, *this);
  Location loc = getLoc();
  auto type = cast<RankedTensorType>(getX().getType());
  int64_t pairs = type.getDimSize(2) / 2;
  bool half = getPairing() == RopePairing::half;
  AffineExpr i = b.getAffineDimExpr(0);
  AffineExpr first = half ? i : i * 2, second = half ? i + pairs : i * 2 + 1;

  // One loop over pairs that reads and writes both elements of each.
  Value heads = emit.dim(getX(), 1), tokens = emit.dim(getX(), 0);
  auto at = [&](AffineExpr expr, Value pair) -> Value {
    return affine::makeComposedAffineApply(b, loc, AffineMap::get(1, 0, expr, b.getContext()),
                                           ArrayRef<OpFoldResult>{pair});
  };
  auto rotate = [&](Value ti, Value hi, Value pi, Value out) -> Value {
    Value a = at(first, pi), c = at(second, pi);
    Value x0 = tensor::ExtractOp::create(b, loc, getX(), ValueRange{ti, hi, a});
    Value x1 = tensor::ExtractOp::create(b, loc, getX(), ValueRange{ti, hi, c});
    Value cos = tensor::ExtractOp::create(b, loc, getCos(), ValueRange{ti, pi});
    Value sin = tensor::ExtractOp::create(b, loc, getSin(), ValueRange{ti, pi});
    auto mul = [&](Value l, Value r) -> Value { return arith::MulFOp::create(b, loc, l, r); };
    Value y0 = arith::SubFOp::create(b, loc, mul(x0, cos), mul(x1, sin));
    Value y1 = arith::AddFOp::create(b, loc, mul(x1, cos), mul(x0, sin));
    out = tensor::InsertOp::create(b, loc, y0, out, ValueRange{ti, hi, a});
    return tensor::InsertOp::create(b, loc, y1, out, ValueRange{ti, hi, c});
  };
  return SmallVector<Value>(emit.loop(tokens, getOut(), [&](Value ti, ValueRange out0) {
    return SmallVector<Value>(emit.loop(heads, out0, [&](Value hi, ValueRange out1) {
      return SmallVector<Value>(emit.loop(emit.index(pairs), out1, [&](Value pi, ValueRange out2) {
        return SmallVector<Value>{rotate(ti, hi, pi, out2[0])};
      }));
    }));
  }));
}
