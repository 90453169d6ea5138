//===- KScales.h - Scales of Q4_K and Q5_K ----------------------*- C++ -*-===//
//
// A block of 256 elements begins with f16 d and f16 dmin, and 12 bytes that hold a scale and a
// minimum of 6 bits for each 32 elements: bytes 0-3 the lower scales, 4-7 the lower minima, each in
// 6 bits; bytes 8-11 the lower 4 bits of the upper scales and minima, whose upper 2 bits are
// those that bytes 0-7 have left.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "storage/Blocks.h"
#include "storage/KFit.h"

namespace cria::storage {

struct KScales {
  static constexpr int bytes = 16, groups = 8, size = AffineFit::size;

  /// Of group `i`: a value is scale * q - minimum.
  float scale, minimum;

  KScales(const std::byte *block, int i) {
    auto byte = [&](int at) { return int(load<std::uint8_t>(block + 4 + at)); };
    int s = i < 4 ? byte(i) & 63 : (byte(i + 4) & 15) | (byte(i - 4) >> 6) << 4;
    int m = i < 4 ? byte(i + 4) & 63 : byte(i + 4) >> 4 | (byte(i) >> 6) << 4;
    scale = loadF16(block) * float(s);
    minimum = loadF16(block + 2) * float(m);
  }
  float value(int q) const {
    float product = scale * float(q); // rounded by itself, not fused with the subtraction
    return product - minimum;
  }

  using Quants = std::array<std::uint8_t, groups * size>;
  /// Writes the scales of a block of `values`, and returns its quants, of 0 to `most`; `first` and
  /// `tries` are as for AffineFit.
  static Quants encode(const float *values, int most, float first, int tries, std::byte *block);
};

} // namespace cria::storage
