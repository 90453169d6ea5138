//===- Q4_0.cpp - Reading 4 bits and a scale ------------------------------===//
#include "passes/cpu/blocks/BlockReader.h"

using namespace mlir;

namespace cria {
namespace {

class Q4_0Reader : public BlockReader {
  StringRef storage() const override { return "q4_0"; }
  Range range() const override { return {-8, 7}; }
  Integers read(const GroupAt &at) const override {
    Value both = at.bytesFrom(2, 16);
    Value quants = at.join(at.bits(both, 0, 4), at.bits(both, 4, 4));
    Value centred = arith::SubIOp::create(at.b, quants, at.constant(quants, 8));
    return {centred, {at.f16(0)}, Value()};
  }
};

const Q4_0Reader reader;

} // namespace

const BlockReader &q4_0Reader = reader;

} // namespace cria
