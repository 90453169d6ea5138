//===- Q8_0.cpp - Reading 8 bits and a scale ------------------------------===//
#include "passes/cpu/blocks/BlockReader.h"

using namespace mlir;

namespace cria {
namespace {

class Q8_0Reader : public BlockReader {
  StringRef storage() const override { return "q8_0"; }
  Value read(const GroupAt &at) const override {
    return at.scaled(at.f16(0), at.toFloat(at.bytesFrom(2, 32), /*isSigned=*/true));
  }
};

const Q8_0Reader reader;

} // namespace

const BlockReader &q8_0Reader = reader;

} // namespace cria
