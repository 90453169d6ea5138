//===- Blocks.h - Blocks and their fields -----------------------*- C++ -*-===//
#pragma once
#include "storage/FloatConvert.h"
#include "storage/Storage.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace cria::storage {

/// A field at any address; blocks are not aligned.
template <class T>
T load(const std::byte *at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

template <class T>
void store(std::byte *at, T value) {
  std::memcpy(at, &value, sizeof value);
}

/// Blocks of a storage, one after another, from what is done with one of them.
template <std::size_t elements, std::size_t bytes>
struct Blocks {
  template <void (*one)(const std::byte *block, float *values)>
  static void decode(const std::byte *blocks, std::span<float> values) {
    for (std::size_t i = 0; i < values.size(); i += elements, blocks += bytes)
      one(blocks, values.data() + i);
  }
  template <void (*one)(const float *values, std::byte *block)>
  static void encode(std::span<const float> values, std::byte *blocks) {
    for (std::size_t i = 0; i < values.size(); i += elements, blocks += bytes)
      one(values.data() + i, blocks);
  }
};

#define CRIA_STORAGE(NAME, word, id, safetensors, gguf, elements, bytes)                           \
  using NAME##Blocks = Blocks<elements, bytes>;
CRIA_STORAGES(CRIA_STORAGE)
#undef CRIA_STORAGE

/// What integers `values` are times `step`: false unless all are in [least, most], exactly, and
/// f16 holds `step`.
template <std::size_t count>
bool integersOf(const float *values, float step, int least, int most,
                std::array<std::int8_t, count> &integers) {
  if (step == 0 || f16ToFloat(floatToF16(step)) != step)
    return false;
  for (std::size_t i = 0; i < count; ++i) {
    float integer = std::nearbyint(values[i] / step);
    if (!(integer >= float(least) && integer <= float(most)) || integer * step != values[i])
      return false;
    integers[i] = std::int8_t(integer);
  }
  return true;
}

/// The value of the greatest magnitude.
inline float extremeOf(const float *values, int count) {
  return *std::max_element(values, values + count,
                           [](float a, float b) { return std::abs(a) < std::abs(b); });
}

inline float loadF16(const std::byte *at) { return f16ToFloat(load<std::uint16_t>(at)); }

} // namespace cria::storage
