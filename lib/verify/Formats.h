//===- Formats.h - Floating-point storage, read and rounded in f64 -*- C++ -*-===//
#pragma once
#include <cstdint>

namespace cria::verify {

/// IEEE 754 binary64, binary32 and binary16, and bfloat16 (the upper half of binary32).
enum class Format { f64, f32, f16, bf16 };

std::int64_t bytesOf(Format format);
/// The little-endian number at `bytes`, exactly.
double decode(Format format, const unsigned char *bytes);
/// The nearest number of `format`, ties to even, as conversions of an IEEE machine round.
double rounded(Format format, double value);

} // namespace cria::verify
