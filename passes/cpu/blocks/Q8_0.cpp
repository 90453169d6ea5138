//===- Q8_0.cpp - Reading 8 bits and a scale ------------------------------===//
#include "passes/cpu/blocks/BlockReader.h"

using namespace mlir;

namespace cria {
namespace {

class Q8_0Reader : public BlockReader {
  Range range() const override { return {-128, 127}; }
  Integers read(const GroupAt &at) const override {
    return {at.bytesFrom(2, group), {at.f16(0)}, Value()};
  }
};

const Q8_0Reader reader;

} // namespace

const BlockReader &q8_0Reader = reader;

} // namespace cria
