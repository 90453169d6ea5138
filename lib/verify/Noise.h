//===- Noise.h - Rounding errors of f32, drawn at random --------*- C++ -*-===//
//
// Monte Carlo arithmetic (Parker 1997; Denis, de Oliveira Castro & Petit 2016): a computation is
// repeated with a random error of the size of a rounding error at each step. How far its results
// scatter is how far those of another machine, or of another order of summation, may lie apart.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "verify/Random.h"
#include <cmath>

namespace cria::verify {

/// Unit roundoff of f32, to nearest.
constexpr double roundoff = 0x1p-24;
/// Unit roundoff of bf16, to nearest.
constexpr double bf16Roundoff = 0x1p-8;
/// Deviation of the error of rounding to one of 127 integers, relative to the greatest of them.
constexpr double int8Deviation = 0.28867513459481287 / 127; // 1 / √12
/// Partial sums that a compiled dot product adds up side by side, at least: shorter chains of
/// additions have smaller errors.
constexpr double lanes = 8;

/// The errors of one step of the computation. A value depends on the draw, the step and the index
/// alone, so that threads may work in any order.
class Errors {
public:
  Errors() = default; ///< none at all
  Errors(std::uint64_t draw, std::uint64_t step) : stream(scatter(draw * 0x10001 + step + 1)) {}

  explicit operator bool() const { return stream != 0; }
  /// Uniform with mean 0 and deviation 1; 0 if there are no errors.
  double operator()(std::uint64_t index) const {
    if (!stream)
      return 0;
    constexpr double root3 = 1.7320508075688772;
    auto bits = std::int64_t(scatter(stream + index * 0x9e3779b97f4a7c15));
    return root3 * 0x1p-63 * double(bits);
  }

private:
  std::uint64_t stream = 0;
};

/// Deviation of the error of a sum of `terms` products in f32, of which `sum` is the result and
/// `squares` the sum of their squares. Partial sums of signs at random grow as the root of their
/// length; each addition rounds one of them, and storing rounds the result.
inline double sumError(double sum, double squares, double terms) {
  return roundoff * std::sqrt(squares * terms / (2 * lanes) + sum * sum);
}

/// Relative deviation of the error of a sum of `terms` positive numbers.
inline double positiveSumError(double terms) {
  return roundoff * (1 + std::sqrt(terms / 3) / lanes);
}

} // namespace cria::verify
