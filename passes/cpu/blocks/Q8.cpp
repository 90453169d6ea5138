//===- Q8.cpp - Activations of 8 bits: made, and read ---------------------===//
//
// The layout of lib/storage/Q8.cpp.
//
//===----------------------------------------------------------------------===//
#include "passes/cpu/blocks/Q8.h"

using namespace mlir;

namespace cria {
namespace {

constexpr int64_t sumOffset = 4, quantsOffset = 8;

class Q8Reader : public BlockReader {
  Range range() const override { return {-127, 127}; }
  Integers read(const GroupAt &at) const override {
    return {at.bytesFrom(quantsOffset, group), {at.f32(0)}, Value()};
  }
};

const Q8Reader reader;

/// The greatest magnitude of `values`, and NaN if one of them is: as bits, magnitudes are in order.
Value greatest(ImplicitLocOpBuilder &b, Value values) {
  auto bits = cast<VectorType>(values.getType()).clone(b.getI32Type());
  Value magnitudes = vector::BitCastOp::create(b, bits, math::AbsFOp::create(b, values));
  Value most = vector::ReductionOp::create(b, vector::CombiningKind::MAXUI, magnitudes);
  return arith::BitcastOp::create(b, b.getF32Type(), most);
}

void store(const GroupAt &at, int64_t offset, Value what) {
  auto &b = at.b;
  if (what.getType().isF32())
    what = vector::BitCastOp::create(
        b, VectorType::get({4}, b.getI8Type()),
        vector::BroadcastOp::create(b, VectorType::get({1}, b.getF32Type()), what));
  vector::StoreOp::create(b, what, at.bytes, at.place(at.index(offset)));
}

/// Rounds vector<32xf32> into the group.
void write(const GroupAt &at, Value values) {
  auto &b = at.b;
  auto f32 = [&](double value) -> Value {
    return arith::ConstantOp::create(b, b.getF32FloatAttr(float(value)));
  };
  auto spread = [&](Value value) { return at.spreadFloat(value, BlockReader::group); };
  Value most = greatest(b, values);
  Value d = arith::MulFOp::create(b, most, f32(1.0 / 127));
  Value inverse = arith::DivFOp::create(b, f32(127), most);
  Value rounded = math::RoundEvenOp::create(b, arith::MulFOp::create(b, values, spread(inverse)));
  // Also makes numbers of NaN: those of a group that is all zeros, or that d is NaN or infinite of.
  rounded = arith::MaxNumFOp::create(b, rounded, spread(f32(-127)));
  rounded = arith::MinNumFOp::create(b, rounded, spread(f32(127)));
  Value sum = vector::ReductionOp::create(b, vector::CombiningKind::ADD, rounded,
                                          arith::FastMathFlags::reassoc);
  auto type = cast<VectorType>(values.getType());
  Value words = arith::FPToSIOp::create(b, type.clone(b.getI32Type()), rounded);
  store(at, 0, d);
  store(at, sumOffset, arith::MulFOp::create(b, d, sum));
  store(at, quantsOffset, arith::TruncIOp::create(b, type.clone(b.getI8Type()), words));
}

} // namespace

const BlockReader &q8Reader = reader;

Value sumOfQ8(const GroupAt &at, int64_t part, int64_t parts) {
  if (parts == 1)
    return at.f32(sumOffset);
  auto &b = at.b;
  int64_t size = BlockReader::group / parts;
  Value bytes = at.bytesFrom(quantsOffset + part * size, size);
  bytes = arith::ExtSIOp::create(b, VectorType::get({size}, b.getI32Type()), bytes);
  Value sum = vector::ReductionOp::create(b, vector::CombiningKind::ADD, bytes);
  return arith::MulFOp::create(b, at.f32(0), at.toFloat(sum, /*isSigned=*/true));
}

Value wordOfQ8(const GroupAt &at, int64_t word, int64_t lanes) {
  auto &b = at.b;
  constexpr int64_t bytes = 4;
  Value found = at.bytesFrom(quantsOffset + bytes * word, bytes);
  found = vector::BitCastOp::create(b, VectorType::get({1}, b.getI32Type()), found);
  found = vector::BroadcastOp::create(b, VectorType::get({lanes}, b.getI32Type()), found);
  return vector::BitCastOp::create(b, VectorType::get({bytes * lanes}, b.getI8Type()), found);
}

void lowerQuantize(QuantizeOp op) {
  ImplicitLocOpBuilder b(op.getLoc(), op);
  Value x = op.getX(), bytes = BytesOp::create(b, op.getOut());
  auto type = cast<MemRefType>(x.getType());
  Type element = getElementTypeOrSelf(op.getOut().getType());
  auto index = [&](int64_t value) -> Value { return arith::ConstantIndexOp::create(b, value); };
  auto loop = [&](Value end, int64_t step) -> Value {
    auto each = scf::ForOp::create(b, index(0), end, index(step));
    b.setInsertionPointToStart(each.getBody());
    return each.getInductionVar();
  };
  Value rows = b.createOrFold<memref::DimOp>(x, 0), columns = index(type.getDimSize(1));
  Value row = loop(rows, 1), k = loop(columns, BlockReader::group);
  auto group = VectorType::get({BlockReader::group}, b.getF32Type());
  Value values = vector::LoadOp::create(b, group, x, ValueRange{row, k});
  write(groupAt(b, element, bytes, row, k), values);
  op.erase();
}

} // namespace cria
