//===- KScales.cpp - Scales of Q4_K and Q5_K ------------------------------===//
#include "storage/KScales.h"
#include <algorithm>
#include <vector>

namespace cria::storage {
namespace {

constexpr int mostScale = 63;

/// Groups in ascending order: upper ones fill the bits that lower ones left.
void storePair(std::byte *block, int i, int scale, int minimum) {
  auto at = [&](int byte) { return block + 4 + byte; };
  if (i < 4) {
    store(at(i), std::uint8_t(scale));
    store(at(i + 4), std::uint8_t(minimum));
    return;
  }
  store(at(i + 4), std::uint8_t((scale & 15) | (minimum & 15) << 4));
  *at(i - 4) |= std::byte(scale >> 4 << 6);
  *at(i) |= std::byte(minimum >> 4 << 6);
}

} // namespace

KScales::Quants KScales::encode(const float *values, int most, float first, int tries,
                                std::byte *block) {
  std::vector<AffineFit> fits;
  float greatestScale = 0, greatestMinimum = 0;
  for (int i = 0; i < groups; ++i) {
    fits.emplace_back(values + size * i, most, first, tries);
    greatestScale = std::max(greatestScale, fits[i].scale);
    greatestMinimum = std::max(greatestMinimum, -fits[i].low);
  }
  float inverseScale = greatestScale > 0 ? mostScale / greatestScale : 0;
  float inverseMinimum = greatestMinimum > 0 ? mostScale / greatestMinimum : 0;
  for (int i = 0; i < groups; ++i)
    storePair(block, i, nearest(inverseScale * fits[i].scale, 0, mostScale),
              nearest(inverseMinimum * -fits[i].low, 0, mostScale));
  store(block, floatToF16(greatestScale / mostScale));
  store(block + 2, floatToF16(greatestMinimum / mostScale));
  Quants quants;
  for (int i = 0; i < groups; ++i) {
    KScales rounded(block, i);
    for (int j = 0; j < size; ++j)
      quants[size * i + j] =
          rounded.scale == 0
              ? fits[i].quants[j]
              : std::uint8_t(
                    nearest((values[size * i + j] + rounded.minimum) / rounded.scale, 0, most));
  }
  return quants;
}

} // namespace cria::storage
