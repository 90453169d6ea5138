//===- Matrix.h - A matrix of codes and scales ------------------*- C++ -*-===//
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace cria::import {

/// Codes of few bits, as tensors of safetensors files hold them.
struct Codes {
  enum class Kind { e4m3, int8, packed };

  const std::byte *data = nullptr;
  Kind kind = Kind::int8;
  std::int64_t columns = 0; ///< of the tensor: codes, or words of 32 bits if packed
  int bits = 8;
  bool down = false;        ///< the codes of a word are neighbours of a column, not of a row
  bool interleaved = false; ///< those with even places are in the lower half of the word

  /// How many codes of `bits` a word has.
  static int perWord(int bits) { return 32 / bits; }
  /// The code in that row and column, as a number.
  float at(std::int64_t row, std::int64_t column) const;
};

/// A matrix whose element (n, k) is scale · (code - zero) in f32. Rows and columns that are
/// neighbours share scales and zeros. `transposed` ones have all their tensors by columns.
struct QuantizedMatrix {
  /// Elements of a row whose common scale read() tells.
  static constexpr std::int64_t run = 32;

  std::int64_t rows = 0, columns = 0;
  Codes codes{};
  bool transposed = false;
  std::vector<float> scales{};                ///< row-major
  std::int64_t scaleColumns = 1;              ///< of their tensor
  std::int64_t rowsEach = 1, columnsEach = 1; ///< rows and columns that share a scale
  std::vector<std::int32_t> groups{};         ///< of each column; empty: columnsEach neighbours
  Codes zeros{};                              ///< laid out as the scales, if it has data
  float zero = 0;                             ///< added to `zeros`, or the zero of all

  /// Row `n`. Of each whole `run`, `steps` is the scale if its elements share one, else 0.
  void read(std::int64_t n, std::span<float> values, std::span<float> steps) const;
  /// How its codes are called in messages.
  std::string_view name() const;
};

} // namespace cria::import
