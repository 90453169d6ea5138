//===- KFit.h - Scales and quants of the K formats --------------*- C++ -*-===//
//
// The formats say how quants are read, not how they are found. These are the searches that
// llama.cpp does where it is given no importance of the elements, operation by operation in f32, so
// that files are the same.
//
//===----------------------------------------------------------------------===//
#pragma once
#include <array>
#include <cstdint>

namespace cria::storage {

/// To the nearest, ties to even, in [low, high].
int nearest(float x, int low, int high);

/// 32 elements: a value is about scale * quant + low, low <= 0.
struct AffineFit {
  static constexpr int size = 32;

  /// Quants up to `most`. Of the scales tried, with `first` + 0.1 i more steps than `most` for
  /// i = 0 … `tries`, the one whose least squares are least wins, larger values counting more. Each
  /// begins at the lowest value that the best one before it has.
  AffineFit(const float *values, int most, float first, int tries);

  float scale = 0, low = 0;
  std::array<std::uint8_t, size> quants{};

private:
  using Quants = std::array<std::uint8_t, size>;
  void tryScale(float inverse);
  Quants quantise(float inverse) const;
  float errorOf(float scale, float low, const Quants &quants) const;

  const float *values;
  int most;
  float weights[size], weightSum = 0, valueSum = 0; ///< sums are weighted
  float error = 0;                                  ///< of scale and low
};

/// 16 elements: a value is about scale * quant, with quants from -32 to 31.
struct LinearFit {
  static constexpr int size = 16, half = 32;

  explicit LinearFit(const float *values);

  float scale = 0;
  std::array<std::int8_t, size> quants{};
};

/// Less than this is taken for zero.
constexpr float leastScale = 1e-15f;

} // namespace cria::storage
