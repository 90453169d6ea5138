//===- Formats.cpp - Floating-point storage, read and rounded in f64 ------===//
#include "verify/Formats.h"
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace cria::verify {
namespace {

/// Bits of the significand with the hidden one, and exponent of the smallest normal number.
struct Shape {
  int precision, leastExponent, greatestExponent;
};

Shape shapeOf(Format format) {
  switch (format) {
  case Format::f64:
    return {53, -1022, 1023};
  case Format::f32:
    return {24, -126, 127};
  case Format::f16:
    return {11, -14, 15};
  case Format::bf16:
    return {8, -126, 127};
  }
  __builtin_unreachable();
}

double decodeHalf(std::uint32_t bits) {
  double sign = bits & 0x8000 ? -1 : 1;
  int exponent = int(bits >> 10 & 31);
  double fraction = bits & 0x3ff;
  if (exponent == 31)
    return fraction != 0 ? std::numeric_limits<double>::quiet_NaN() : sign * INFINITY;
  if (exponent == 0)
    return sign * std::ldexp(fraction, -24);
  return sign * std::ldexp(1024 + fraction, exponent - 25);
}

} // namespace

std::int64_t bytesOf(Format format) {
  return format == Format::f64 ? 8 : format == Format::f32 ? 4 : 2;
}

double decode(Format format, const unsigned char *bytes) {
  std::uint64_t bits = 0;
  for (std::int64_t i = bytesOf(format); i-- > 0;)
    bits = bits << 8 | bytes[i];
  switch (format) {
  case Format::f64:
    return std::bit_cast<double>(bits);
  case Format::f16:
    return decodeHalf(std::uint32_t(bits));
  case Format::bf16:
    return std::bit_cast<float>(std::uint32_t(bits) << 16);
  case Format::f32:
    return std::bit_cast<float>(std::uint32_t(bits));
  }
  __builtin_unreachable();
}

double rounded(Format format, double value) {
  if (value == 0 || !std::isfinite(value))
    return value;
  Shape shape = shapeOf(format);
  int unit = std::max(std::ilogb(value), shape.leastExponent) - shape.precision + 1;
  double result = std::ldexp(std::nearbyint(std::ldexp(value, -unit)), unit);
  if (std::ilogb(result) > shape.greatestExponent)
    return std::copysign(INFINITY, value);
  return result;
}

} // namespace cria::verify
