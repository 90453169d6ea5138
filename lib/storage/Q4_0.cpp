//===- Q4_0.cpp - 4 bits and a scale for 32 elements ----------------------===//
//
// f16 d, 16 bytes: q of element i in the lower half of byte i, of element 16 + i in the upper. A
// value is d * (q - 8).
//
//===----------------------------------------------------------------------===//
#include "storage/Blocks.h"
#include <algorithm>

namespace cria::storage {
namespace {

constexpr int half = 16, quants = 2;

void decode(const std::byte *block, float *values) {
  float d = loadF16(block);
  for (int i = 0; i < half; ++i) {
    auto both = load<std::uint8_t>(block + quants + i);
    values[i] = d * float((both & 15) - 8);
    values[half + i] = d * float((both >> 4) - 8);
  }
}

/// The element of the greatest magnitude becomes -8, the end of the range that has no opposite.
void encode(const float *values, std::byte *block) {
  float d = extremeOf(values, 2 * half) / -8, inverse = d == 0 ? 0 : 1 / d;
  store(block, floatToF16(d));
  auto quant = [&](float value) {
    float scaled = value * inverse; // rounded by itself, not fused with the addition
    return std::min(int(scaled + 8.5f), 15);
  };
  for (int i = 0; i < half; ++i)
    store(block + quants + i, std::uint8_t(quant(values[i]) | quant(values[half + i]) << 4));
}

void encodeMultiples(const float *values, float step, std::byte *block) {
  std::array<std::int8_t, 2 * half> integers;
  if (!integersOf(values, step, -8, 7, integers))
    return;
  store(block, floatToF16(step));
  for (std::size_t i = 0; i < half; ++i)
    store(block + quants + i, std::uint8_t((integers[i] + 8) | (integers[half + i] + 8) << 4));
}

constexpr Field fields[] = {{0, 2}, {2, 16}};

} // namespace

const Codec q4_0Codec{Q4_0Blocks::decode<decode>, Q4_0Blocks::encode<encode>, encodeMultiples,
                      fields};

} // namespace cria::storage
