//===- Q6_K.cpp - 6 bits for 256 elements, 16 scales ----------------------===//
//
// 128 bytes of lower 4 bits, 64 bytes of upper 2 bits, 16 x i8 scales, f16 d. Each half of 128
// elements has 64 and 32 of these bytes: group g of its 4 groups of 32 has the lower (g < 2) or
// upper halves of bytes g % 2 * 32 on, and bits 2 g of the others. A value is d * scale * (q - 32).
//
//===----------------------------------------------------------------------===//
#include "storage/Blocks.h"

namespace cria::storage {
namespace {

void decode(const std::byte *block, float *values) {
  const std::byte *low = block, *high = low + 128, *scales = high + 64;
  float d = loadF16(scales + 16);
  for (int i = 0; i < 256; ++i) {
    int half = i / 128, group = i % 128 / 32, at = i % 32;
    int lower = load<std::uint8_t>(low + 64 * half + group % 2 * 32 + at) >> 4 * (group / 2) & 15;
    int upper = load<std::uint8_t>(high + 32 * half + at) >> 2 * group & 3;
    float scale = d * float(load<std::int8_t>(scales + i / 16));
    values[i] = scale * float((lower | upper << 4) - 32);
  }
}

} // namespace

const Codec q6_kCodec{Q6_KBlocks::decode<decode>, nullptr};

} // namespace cria::storage
