//===- Q4_0.cpp - Reading 4 bits and a scale ------------------------------===//
#include "passes/blocks/formats/BlockReader.h"

using namespace mlir;

namespace cria {
namespace {

class Q4_0Reader : public BlockReader {
  Range range() const override { return {-8, 7}; }
  Integers read(const GroupAt &at) const override {
    Value quants = at.halves(2);
    Value centred = arith::SubIOp::create(at.b, quants, at.constant(quants, 8));
    return {centred, {at.f16(0)}, Value()};
  }
};

const Q4_0Reader reader;

} // namespace

const BlockReader &q4_0Reader = reader;

} // namespace cria
