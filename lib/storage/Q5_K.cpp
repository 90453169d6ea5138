//===- Q5_K.cpp - 5 bits for 256 elements, 8 scales and minima ------------===//
//
// The scales of KScales.h, then 32 bytes with the highest bits, of which group g has bit g of each,
// then the lower 4 bits as in Q4_K.
//
//===----------------------------------------------------------------------===//
#include "storage/KScales.h"

namespace cria::storage {
namespace {

void decode(const std::byte *block, float *values) {
  const std::byte *high = block + KScales::bytes, *low = high + 32;
  for (int group = 0; group < KScales::groups; ++group) {
    KScales scales(block, group);
    for (int i = 0; i < 32; ++i) {
      int lower = load<std::uint8_t>(low + group / 2 * 32 + i) >> 4 * (group % 2) & 15;
      int upper = load<std::uint8_t>(high + i) >> group & 1;
      values[32 * group + i] = scales.value(lower | upper << 4);
    }
  }
}

void encode(const float *values, std::byte *block) {
  KScales::Quants quants = KScales::encode(values, 31, -0.5f, 15, block);
  std::byte *high = block + KScales::bytes, *low = high + 32;
  for (int i = 0; i < 32; ++i) {
    int upper = 0;
    for (int group = 0; group < KScales::groups; group += 2) {
      int a = quants[32 * group + i], b = quants[32 * group + 32 + i];
      store(low + group / 2 * 32 + i, std::uint8_t((a & 15) | (b & 15) << 4));
      upper |= (a >> 4) << group | (b >> 4) << (group + 1);
    }
    store(high + i, std::uint8_t(upper));
  }
}

} // namespace

const Codec q5_kCodec{Q5_KBlocks::decode<decode>, Q5_KBlocks::encode<encode>};

} // namespace cria::storage
