//===- IQ4_NL.cpp - Reading 4 bits by a table, and a scale ----------------===//
#include "passes/blocks/formats/BlockReader.h"
#include "storage/Codebook.h"

using namespace mlir;

namespace cria {
namespace {

class IQ4_NLReader : public BlockReader {
  Range range() const override { return {storage::iq4_nlValues[0], storage::iq4_nlValues[15]}; }
  Integers read(const GroupAt &at) const override {
    return {at.lookUp(storage::iq4_nlValues, at.halves(2)), {at.f16(0)}, Value()};
  }
};

const IQ4_NLReader reader;

} // namespace

const BlockReader &iq4_nlReader = reader;

} // namespace cria
