//===- Q4_K.cpp - Reading 4 bits, scales and minima -----------------------===//
#include "passes/blocks/formats/KScales.h"

using namespace mlir;

namespace cria {
namespace {

class Q4_KReader : public BlockReader {
  Range range() const override { return {0, 15}; }
  bool hasMinima() const override { return true; }
  Integers read(const GroupAt &at) const override {
    KGroup part(at);
    return part.scaled(part.lower(KGroup::bytes));
  }
  std::optional<BlockScales> readScales(const GroupAt &at) const override {
    return KGroup(at).scalesOfBlock();
  }
};

const Q4_KReader reader;

} // namespace

const BlockReader &q4_kReader = reader;

} // namespace cria
