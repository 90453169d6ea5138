//===- Q8_0.cpp - 8 bits and a scale for 32 elements ----------------------===//
//
// f16 d, 32 x i8 q. A value is d * q.
//
//===----------------------------------------------------------------------===//
#include "storage/Blocks.h"
#include <algorithm>
#include <cmath>

namespace cria::storage {
namespace {

constexpr int elements = 32, quants = 2;

void decode(const std::byte *block, float *values) {
  float d = loadF16(block);
  for (int i = 0; i < elements; ++i)
    values[i] = d * float(load<std::int8_t>(block + quants + i));
}

void encode(const float *values, std::byte *block) {
  float greatest = 0;
  for (int i = 0; i < elements; ++i)
    greatest = std::max(greatest, std::abs(values[i]));
  float d = greatest / 127, inverse = d == 0 ? 0 : 1 / d;
  store(block, floatToF16(d));
  for (int i = 0; i < elements; ++i)
    store(block + quants + i, std::int8_t(std::round(values[i] * inverse)));
}

void encodeMultiples(const float *values, float step, std::byte *block) {
  std::array<std::int8_t, elements> integers;
  if (!integersOf(values, step, -128, 127, integers))
    return;
  store(block, floatToF16(step));
  store(block + quants, integers);
}

constexpr Field fields[] = {{0, 2}, {2, 32}};

} // namespace

const Codec q8_0Codec{Q8_0Blocks::decode<decode>, Q8_0Blocks::encode<encode>, encodeMultiples,
                      fields};

} // namespace cria::storage
