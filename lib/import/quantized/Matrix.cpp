//===- Matrix.cpp - A matrix of codes and scales --------------------------===//
#include "import/quantized/Matrix.h"
#include "storage/Blocks.h"
#include <cmath>
#include <limits>

namespace cria::import {
namespace {

/// A sign, four bits of exponent, three of the significand; no infinities, one NaN.
float e4m3ToFloat(int bits) {
  int exponent = bits >> 3 & 15, significand = bits & 7;
  float magnitude = (bits & 127) == 127 ? std::numeric_limits<float>::quiet_NaN()
                    : exponent == 0     ? std::ldexp(float(significand), -9)
                                        : std::ldexp(float(8 + significand), exponent - 10);
  return bits & 128 ? -magnitude : magnitude;
}

} // namespace

float Codes::at(std::int64_t row, std::int64_t column) const {
  switch (kind) {
  case Kind::e4m3:
    return e4m3ToFloat(storage::load<std::uint8_t>(data + row * columns + column));
  case Kind::int8:
    return storage::load<std::int8_t>(data + row * columns + column);
  case Kind::packed:
    break;
  }
  int per = perWord(bits);
  auto place = int((down ? row : column) % per);
  if (interleaved)
    place = place % 2 * (per / 2) + place / 2;
  std::int64_t word = down ? row / per * columns + column : row * columns + column / per;
  auto codes = storage::load<std::uint32_t>(data + word * std::int64_t(sizeof(std::uint32_t)));
  return float(codes >> place * bits & ((1u << bits) - 1));
}

void QuantizedMatrix::read(std::int64_t n, std::span<float> values, std::span<float> steps) const {
  auto at = [&](std::int64_t row, std::int64_t column) {
    return transposed ? std::pair(column, row) : std::pair(row, column);
  };
  std::int64_t last = -1;
  float scale = 0, from = zero;
  for (std::int64_t k = 0; k < columns; ++k) {
    std::int64_t group = groups.empty() ? k / columnsEach : groups[std::size_t(k)];
    if (group != last) {
      auto [row, column] = at(n / rowsEach, group);
      scale = scales[std::size_t(row * scaleColumns + column)];
      from = zeros.data ? zeros.at(row, column) + zero : zero;
      last = group;
    }
    auto [row, column] = at(n, k);
    values[std::size_t(k)] = scale * (codes.at(row, column) - from);
    if (auto i = std::size_t(k / run); i < steps.size())
      steps[i] = k % run == 0 || steps[i] == scale ? scale : 0;
  }
}

std::string_view QuantizedMatrix::name() const {
  switch (codes.kind) {
  case Codes::Kind::e4m3:
    return "F8_E4M3";
  case Codes::Kind::int8:
    return "I8";
  case Codes::Kind::packed:
    break;
  }
  return codes.bits == 8 ? "I8" : "I4";
}

} // namespace cria::import
