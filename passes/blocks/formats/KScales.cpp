//===- KScales.cpp - Reading the scales of Q4_K and Q5_K ------------------===//
#include "passes/blocks/formats/KScales.h"

using namespace mlir;

namespace cria {

Value KGroup::lower(int64_t quants) const {
  Value pair = at.b.createOrFold<arith::DivUIOp>(at.group, at.index(2));
  Value parity = at.b.createOrFold<arith::RemUIOp>(at.group, at.index(2));
  Value offset = at.add(at.index(quants),
                        at.b.createOrFold<arith::MulIOp>(pair, at.index(BlockReader::group)));
  Value both = at.bytesFrom(offset, BlockReader::group);
  Value shift = at.toByte(arith::MulIOp::create(at.b, parity, at.index(4)));
  return at.bits(both, at.spread(shift, both), 4);
}

Integers KGroup::scaled(Value quants) const {
  auto &b = at.b;
  // Each of the bytes is inside of the block, whichever half the group is of.
  auto byte = [&](int64_t offset) { return at.byte(at.add(at.group, at.index(offset))); };
  Value own = byte(4), next = byte(8), before = byte(0);
  auto orShifted = [&](Value low, Value high) -> Value {
    Value moved = arith::ShLIOp::create(b, high, at.constant(high, 4));
    return arith::OrIOp::create(b, low, moved);
  };
  Value isLow = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, at.group, at.index(4));
  Value scale = arith::SelectOp::create(b, isLow, at.bits(own, 0, 6),
                                        orShifted(at.bits(next, 0, 4), at.bits(before, 6, 2)));
  Value minimum = arith::SelectOp::create(b, isLow, at.bits(next, 0, 6),
                                          orShifted(at.bits(next, 4, 4), at.bits(own, 6, 2)));
  auto times = [&](int64_t field, Value by) -> Value {
    return arith::MulFOp::create(b, at.f16(field), at.toFloat(by, /*isSigned=*/false));
  };
  return {quants, {times(0, scale)}, times(2, minimum)};
}

BlockScales KGroup::scalesOfBlock() const {
  auto &b = at.b;
  // A byte each for groups 0 to 3: scales, minima, and the low bits of both of groups 4 to 7, whose
  // high bits are those that 6 bits leave free.
  Value scales = at.fieldsFrom(4, 4), minima = at.fieldsFrom(8, 4), rest = at.fieldsFrom(12, 4);
  auto all = [&](int64_t field, Value first, Value lowBits) -> Value {
    Value high = arith::ShLIOp::create(b, at.bits(first, 6, 2), at.constant(first, 4));
    Value second = arith::OrIOp::create(b, lowBits, high);
    Value factors = at.toFloat(at.join(at.bits(first, 0, 6), second), /*isSigned=*/false);
    return arith::MulFOp::create(b, at.repeat(at.f16(field), 8), factors);
  };
  return {all(0, scales, at.bits(rest, 0, 4)), all(2, minima, at.bits(rest, 4, 4))};
}

} // namespace cria
