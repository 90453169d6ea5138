//===- count.hpp - Integers that track overflow -----------------*- C++ -*-===//
#pragma once
#include <cstdint>

namespace cria::spec {

using idx = std::int64_t;

/// A sum of products of sizes. Once a step exceeds 2^63 - 1 it no longer `fits`, nor does anything
/// computed from it, and the value is meaningless.
struct count {
  idx value = 0;
  bool fits = true;

  constexpr count() = default;
  constexpr count(idx value) : value(value) {}
  constexpr count(idx value, bool fits) : value(value), fits(fits) {}

  friend constexpr count operator+(count a, count b) {
    idx sum = 0;
    bool passed = __builtin_add_overflow(a.value, b.value, &sum);
    return {sum, a.fits && b.fits && !passed};
  }
  friend constexpr count operator*(count a, count b) {
    idx product = 0;
    bool passed = __builtin_mul_overflow(a.value, b.value, &product);
    return {product, a.fits && b.fits && !passed};
  }
};

/// Whether `whole` is a multiple of `part`; nothing is a multiple of zero.
constexpr bool divides(idx part, idx whole) { return part > 0 && whole % part == 0; }

} // namespace cria::spec
