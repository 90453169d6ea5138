//===- Codebook.h - 4 bits that are places in a table -----------*- C++ -*-===//
//
// 32 elements in 16 bytes: the place of element i is in the lower half of byte i, that of element
// 16 + i in the upper. A value is a scale times the table's number.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "storage/Blocks.h"
#include <array>

namespace cria::storage {

using Codebook = std::array<std::int8_t, 16>;

/// Denser around zero, as weights are; ascending.
inline constexpr Codebook iq4_nlValues{-127, -104, -83, -65, -49, -35, -22, -10,
                                       1,    13,   25,  38,  53,  69,  89,  113};
/// Twice the numbers of E2M1: a sign, two bits of exponent, one of the significand.
inline constexpr Codebook mxfp4Values{0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

inline constexpr int codebookElements = 32, codebookBytes = 16;

inline void decodePlaces(const Codebook &table, float scale, const std::byte *places,
                         float *values) {
  for (int i = 0; i < codebookBytes; ++i) {
    auto both = load<std::uint8_t>(places + i);
    values[i] = scale * float(table[both & 15]);
    values[codebookBytes + i] = scale * float(table[both >> 4]);
  }
}

/// `placeOf` has the place for a value.
template <class PlaceOf>
void encodePlaces(const float *values, std::byte *places, const PlaceOf &placeOf) {
  for (int i = 0; i < codebookBytes; ++i)
    store(places + i, std::uint8_t(placeOf(values[i]) | placeOf(values[codebookBytes + i]) << 4));
}

} // namespace cria::storage
