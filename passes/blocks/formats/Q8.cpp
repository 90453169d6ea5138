//===- Q8.cpp - Activations of 8 bits: made, and read ---------------------===//
//
// The layout of lib/storage/Q8.cpp.
//
//===----------------------------------------------------------------------===//
#include "passes/blocks/formats/Q8.h"
#include "passes/blocks/formats/Quantize.h"

using namespace mlir;

namespace cria {
namespace {

constexpr int64_t sumOffset = 4, integerSumOffset = 8, halfSumOffset = 12, quantsOffset = 16;

class Q8Reader : public BlockReader {
  Range range() const override { return {-127, 127}; }
  Integers read(const GroupAt &at) const override {
    return {at.bytesFrom(quantsOffset, group), {at.f32(0)}, Value()};
  }
};

const Q8Reader reader;

} // namespace

const BlockReader &q8Reader = reader;

Value sumOfQ8(const GroupAt &at, int64_t part, int64_t parts) {
  if (parts == 1)
    return at.f32(sumOffset);
  Value sum = at.toFloat(integerSumOfQ8(at, part, parts), /*isSigned=*/true);
  return arith::MulFOp::create(at.b, at.f32(0), sum);
}

Value integerSumOfQ8(const GroupAt &at, int64_t part, int64_t parts) {
  if (parts == 1)
    return at.i32(integerSumOffset);
  Value first = at.i32(halfSumOffset);
  return part == 0 ? first : arith::SubIOp::create(at.b, at.i32(integerSumOffset), first);
}

Value wordOfQ8(const GroupAt &at, Value word, int64_t lanes) {
  auto &b = at.b;
  constexpr int64_t bytes = 4;
  Value first = b.createOrFold<arith::MulIOp>(word, at.index(bytes));
  Value found = at.bytesFrom(at.add(first, at.index(quantsOffset)), bytes);
  found = vector::BitCastOp::create(b, VectorType::get({1}, b.getI32Type()), found);
  found = vector::BroadcastOp::create(b, VectorType::get({lanes}, b.getI32Type()), found);
  return vector::BitCastOp::create(b, VectorType::get({bytes * lanes}, b.getI8Type()), found);
}

void writeQ8(const GroupAt &at, Value values) {
  auto &b = at.b;
  Value most = greatestMagnitude(b, values);
  Value share = arith::ConstantOp::create(b, b.getF32FloatAttr(1.0F / 127));
  Value d = arith::MulFOp::create(b, most, share);
  Value inverse = arith::DivFOp::create(b, constantLike(b, most, 127), most);
  Value rounded = roundToInt8(at, values, inverse);
  storeField(at, 0, d);
  auto sumOf = [&](int64_t from) -> Value { // of half of them
    constexpr int64_t size = BlockReader::group / 2;
    Value half = vector::ExtractStridedSliceOp::create(
        b, rounded, ArrayRef<int64_t>{from}, ArrayRef<int64_t>{size}, ArrayRef<int64_t>{1});
    return vector::ReductionOp::create(b, vector::CombiningKind::ADD, half,
                                       arith::FastMathFlags::reassoc);
  };
  Value first = sumOf(0), sum = arith::AddFOp::create(b, first, sumOf(BlockReader::group / 2));
  storeField(at, sumOffset, arith::MulFOp::create(b, d, sum));
  storeField(at, integerSumOffset, arith::FPToSIOp::create(b, b.getI32Type(), sum));
  storeField(at, halfSumOffset, arith::FPToSIOp::create(b, b.getI32Type(), first));
  storeInt8(at, quantsOffset, rounded);
}

} // namespace cria
