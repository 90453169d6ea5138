//===- MXFP4.cpp - Reading floats of 4 bits, and an exponent --------------===//
#include "passes/blocks/formats/BlockReader.h"
#include "storage/Codebook.h"

using namespace mlir;

namespace cria {
namespace {

class MXFP4Reader : public BlockReader {
  Range range() const override { return {-12, 12}; }
  Integers read(const GroupAt &at) const override {
    return {at.lookUp(storage::mxfp4Values, at.halves(1)), {scale(at)}, Value()};
  }

  /// 2^(e - 128), from its bits.
  static Value scale(const GroupAt &at) {
    auto &b = at.b;
    auto word = [&](int64_t value) -> Value { return arith::ConstantIntOp::create(b, value, 32); };
    Value e = arith::ExtUIOp::create(b, b.getI32Type(), at.byte(at.index(0)));
    Value normal = arith::ShLIOp::create(b, arith::SubIOp::create(b, e, word(1)), word(23));
    Value subnormal = arith::ShLIOp::create(b, word(1 << 21), e);
    Value small = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, e, word(2));
    Value bits = arith::SelectOp::create(b, small, subnormal, normal);
    return arith::BitcastOp::create(b, b.getF32Type(), bits);
  }
};

const MXFP4Reader reader;

} // namespace

const BlockReader &mxfp4Reader = reader;

} // namespace cria
