//===- Q6_K.cpp - Reading 6 bits and 16 scales ----------------------------===//
#include "passes/blocks/formats/BlockReader.h"

using namespace mlir;

namespace cria {
namespace {

constexpr int64_t scalesAt = 192, factorAt = 208; // bytes of the block

class Q6_KReader : public BlockReader {
  Range range() const override { return {-32, 31}; }
  int64_t parts() const override { return 2; }
  Integers read(const GroupAt &at) const override {
    auto &b = at.b;
    auto times = [&](Value x, int64_t y) -> Value {
      return b.createOrFold<arith::MulIOp>(x, at.index(y));
    };
    auto div = [&](Value x, int64_t y) -> Value {
      return b.createOrFold<arith::DivUIOp>(x, at.index(y));
    };
    auto rem = [&](Value x, int64_t y) -> Value {
      return b.createOrFold<arith::RemUIOp>(x, at.index(y));
    };
    Value half = div(at.group, 4), part = rem(at.group, 4);
    Value low = at.bytesFrom(at.add(times(half, 64), times(rem(part, 2), 32)), group);
    low = at.bits(low, at.spread(at.toByte(times(div(part, 2), 4)), low), 4);
    Value high = at.bytesFrom(at.add(at.index(128), times(half, 32)), group);
    high = at.bits(high, at.spread(at.toByte(times(part, 2)), high), 2);
    high = arith::ShLIOp::create(b, high, at.constant(high, 4));
    Value quants = arith::OrIOp::create(b, low, high);
    quants = arith::SubIOp::create(b, quants, at.constant(quants, 32));
    Value d = at.f16(factorAt);
    auto scale = [&](int64_t which) -> Value {
      Value factor = at.byte(at.add(at.index(scalesAt + which), times(at.group, 2)));
      return arith::MulFOp::create(b, d, at.toFloat(factor, /*isSigned=*/true));
    };
    return {quants, {scale(0), scale(1)}, Value()};
  }
  std::optional<BlockScales> readScales(const GroupAt &at) const override {
    constexpr int64_t count = 16;
    Value factors = at.toFloat(at.fieldsFrom(scalesAt, count), /*isSigned=*/true);
    Value d = at.repeat(at.f16(factorAt), count);
    return BlockScales{arith::MulFOp::create(at.b, d, factors), Value()};
  }
};

const Q6_KReader reader;

} // namespace

const BlockReader &q6_kReader = reader;

} // namespace cria
