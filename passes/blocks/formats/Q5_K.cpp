//===- Q5_K.cpp - Reading 5 bits, scales and minima -----------------------===//
#include "passes/blocks/formats/KScales.h"

using namespace mlir;

namespace cria {
namespace {

class Q5_KReader : public BlockReader {
  Range range() const override { return {0, 31}; }
  bool hasMinima() const override { return true; }
  Integers read(const GroupAt &at) const override {
    constexpr int64_t highBytes = 32;
    KGroup part(at);
    Value low = part.lower(KGroup::bytes + highBytes);
    Value high = at.bytesFrom(KGroup::bytes, highBytes);
    high = at.bits(high, at.spread(at.toByte(at.group), high), 1);
    high = arith::ShLIOp::create(at.b, high, at.constant(high, 4));
    return part.scaled(arith::OrIOp::create(at.b, low, high));
  }
  std::optional<BlockScales> readScales(const GroupAt &at) const override {
    return KGroup(at).scalesOfBlock();
  }
};

const Q5_KReader reader;

} // namespace

const BlockReader &q5_kReader = reader;

} // namespace cria
