//===- Q4_K.cpp - 4 bits for 256 elements, 8 scales and minima ------------===//
//
// The scales of KScales.h, then 4 times 32 bytes: the lower halves are the elements of one group of
// 32, the upper halves those of the next.
//
//===----------------------------------------------------------------------===//
#include "storage/KScales.h"

namespace cria::storage {
namespace {

void decode(const std::byte *block, float *values) {
  for (int group = 0; group < KScales::groups; ++group) {
    KScales scales(block, group);
    const std::byte *quants = block + KScales::bytes + group / 2 * 32;
    for (int i = 0; i < 32; ++i)
      values[32 * group + i] = scales.value(load<std::uint8_t>(quants + i) >> 4 * (group % 2) & 15);
  }
}

void encode(const float *values, std::byte *block) {
  KScales::Quants quants = KScales::encode(values, 15, -1, 20, block);
  for (int group = 0; group < KScales::groups; group += 2)
    for (int i = 0; i < 32; ++i) {
      const std::uint8_t *lower = quants.data() + 32 * group + i;
      store(block + KScales::bytes + group / 2 * 32 + i, std::uint8_t(lower[0] | lower[32] << 4));
    }
}

} // namespace

const Codec q4_kCodec{Q4_KBlocks::decode<decode>, Q4_KBlocks::encode<encode>};

} // namespace cria::storage
