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
    Value field = at.byte(at.index(0));
    auto like = [&](Type element) -> Type {
      auto fields = dyn_cast<VectorType>(field.getType());
      return fields ? Type(fields.clone(element)) : element;
    };
    Value e = arith::ExtUIOp::create(b, like(b.getI32Type()), field);
    auto word = [&](int64_t value) { return constantLike(b, e, value); };
    Value normal = arith::ShLIOp::create(b, arith::SubIOp::create(b, e, word(1)), word(23));
    Value subnormal = arith::ShLIOp::create(b, word(1 << 21), e);
    Value small = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, e, word(2));
    Value bits = arith::SelectOp::create(b, small, subnormal, normal);
    return arith::BitcastOp::create(b, like(b.getF32Type()), bits);
  }
};

const MXFP4Reader reader;

} // namespace

const BlockReader &mxfp4Reader = reader;

} // namespace cria
