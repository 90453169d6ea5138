//===- Q6_K.cpp - 6 bits for 256 elements, 16 scales ----------------------===//
//
// 128 bytes of lower 4 bits, 64 bytes of upper 2 bits, 16 x i8 scales, f16 d. Each half of 128
// elements has 64 and 32 of these bytes: group g of its 4 groups of 32 has the lower (g < 2) or
// upper halves of bytes g % 2 * 32 on, and bits 2 g of the others. A value is d * scale * (q - 32).
//
//===----------------------------------------------------------------------===//
#include "storage/Blocks.h"
#include "storage/KFit.h"
#include <algorithm>
#include <cmath>
#include <vector>

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

constexpr int groups = 16;

/// Scales and d, and the quants of all elements plus 32. Zero if all scales are.
std::array<std::uint8_t, 256> encodeScales(const float *values, std::byte *scales) {
  std::vector<LinearFit> fits;
  for (int i = 0; i < groups; ++i)
    fits.emplace_back(values + LinearFit::size * i);
  float extreme =
      std::max_element(fits.begin(), fits.end(), [](const LinearFit &a, const LinearFit &b) {
        return std::abs(a.scale) < std::abs(b.scale);
      })->scale;
  std::array<std::uint8_t, 256> quants{};
  if (std::abs(extreme) < leastScale) {
    std::fill_n(scales, groups + 2, std::byte());
    return quants;
  }
  float inverse = -128 / extreme;
  store(scales + groups, floatToF16(1 / inverse));
  for (int i = 0; i < groups; ++i) {
    auto scale = std::int8_t(nearest(inverse * fits[i].scale, -128, 127));
    store(scales + i, scale);
    float d = loadF16(scales + groups) * float(scale);
    for (int j = 0; j < LinearFit::size; ++j) {
      float value = values[LinearFit::size * i + j];
      int quant =
          d == 0 ? fits[i].quants[j] : nearest(value / d, -LinearFit::half, LinearFit::half - 1);
      quants[LinearFit::size * i + j] = std::uint8_t(quant + LinearFit::half);
    }
  }
  return quants;
}

void encode(const float *values, std::byte *block) {
  std::byte *low = block, *high = low + 128, *scales = high + 64;
  std::array<std::uint8_t, 256> quants = encodeScales(values, scales);
  for (int half = 0; half < 2; ++half)
    for (int i = 0; i < 32; ++i) {
      const std::uint8_t *q = quants.data() + 128 * half + i; // of 4 groups, 32 apart
      store(low + 64 * half + i, std::uint8_t((q[0] & 15) | (q[64] & 15) << 4));
      store(low + 64 * half + 32 + i, std::uint8_t((q[32] & 15) | (q[96] & 15) << 4));
      store(high + 32 * half + i,
            std::uint8_t(q[0] >> 4 | q[32] >> 4 << 2 | q[64] >> 4 << 4 | q[96] >> 4 << 6));
    }
}

/// The factor, the scales, and of each half the lower bits of its first quarters, the upper bits of
/// all, and the lower bits of the rest.
constexpr Field fields[] = {{208, 2}, {192, 16}, {0, 32},   {128, 32},
                            {32, 32}, {64, 32},  {160, 32}, {96, 32}};

} // namespace

const Codec q6_kCodec{Q6_KBlocks::decode<decode>, Q6_KBlocks::encode<encode>,
                      /*encodeMultiples=*/nullptr, fields};

} // namespace cria::storage
