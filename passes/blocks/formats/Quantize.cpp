//===- Quantize.cpp - Code that writes blocks -----------------------------===//
#include "passes/blocks/formats/Quantize.h"

using namespace mlir;

namespace cria {
namespace {

void store(const GroupAt &at, int64_t offset, Value bytes) {
  vector::StoreOp::create(at.b, bytes, at.bytes, at.place(at.index(offset)));
}

} // namespace

Value greatestMagnitude(ImplicitLocOpBuilder &b, Value values) {
  // As bits, magnitudes are in order, and NaN is above all of them.
  auto bits = cast<VectorType>(values.getType()).clone(b.getI32Type());
  Value magnitudes = vector::BitCastOp::create(b, bits, math::AbsFOp::create(b, values));
  Value most = vector::ReductionOp::create(b, vector::CombiningKind::MAXUI, magnitudes);
  return arith::BitcastOp::create(b, b.getF32Type(), most);
}

Value roundToInt8(const GroupAt &at, Value values, Value inverse) {
  auto &b = at.b;
  Value scaled = arith::MulFOp::create(b, values, at.spreadFloat(inverse, BlockReader::group));
  Value rounded = math::RoundEvenOp::create(b, scaled);
  // Also makes numbers of NaN: those of a group that is all zeros, or that d is NaN or infinite of.
  rounded = arith::MaxNumFOp::create(b, rounded, constantLike(b, rounded, -127));
  return arith::MinNumFOp::create(b, rounded, constantLike(b, rounded, 127));
}

void storeInt8(const GroupAt &at, int64_t offset, Value rounded) {
  auto &b = at.b;
  auto type = cast<VectorType>(rounded.getType());
  Value words = arith::FPToSIOp::create(b, type.clone(b.getI32Type()), rounded);
  store(at, offset, arith::TruncIOp::create(b, type.clone(b.getI8Type()), words));
}

void storeField(const GroupAt &at, int64_t offset, Value field) {
  auto &b = at.b;
  int64_t bytes = field.getType().getIntOrFloatBitWidth() / 8;
  Value one = vector::BroadcastOp::create(b, VectorType::get({1}, field.getType()), field);
  store(at, offset, vector::BitCastOp::create(b, VectorType::get({bytes}, b.getI8Type()), one));
}

void quantizeGroup(ImplicitLocOpBuilder &b, QuantizeOp op, Value bytes, Value row, Value k) {
  Type element = getElementTypeOrSelf(op.getOut().getType());
  auto group = VectorType::get({BlockReader::group}, b.getF32Type());
  Value values = vector::LoadOp::create(b, group, op.getX(), ValueRange{row, k});
  (isRounded(element) ? writeQ8 : writeQ8_0)(groupAt(b, element, bytes, row, k), values);
}

} // namespace cria
