//===- Q8_0.cpp - 8 bits and a scale: made, and read ----------------------===//
#include "passes/blocks/formats/Quantize.h"

using namespace mlir;

namespace cria {
namespace {

constexpr int64_t quantsOffset = 2;

class Q8_0Reader : public BlockReader {
  Range range() const override { return {-128, 127}; }
  Integers read(const GroupAt &at) const override {
    return {at.bytesFrom(quantsOffset, group), {at.f16(0)}, Value()};
  }
};

const Q8_0Reader reader;

} // namespace

const BlockReader &q8_0Reader = reader;

/// The same bits as lib/storage makes, but where a value lies half way between two integers.
void writeQ8_0(const GroupAt &at, Value values) {
  auto &b = at.b;
  Value most = greatestMagnitude(b, values);
  Value d = arith::DivFOp::create(b, most, constantLike(b, most, 127));
  Value inverse = arith::DivFOp::create(b, constantLike(b, d, 1), d);
  Value zero = constantLike(b, d, 0);
  Value none = arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, d, zero);
  inverse = arith::SelectOp::create(b, none, zero, inverse);
  storeField(at, 0, arith::TruncFOp::create(b, b.getF16Type(), d));
  storeInt8(at, quantsOffset, roundToInt8(at, values, inverse));
}

} // namespace cria
