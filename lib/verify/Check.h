//===- Check.h - Answers against what is expected ---------------*- C++ -*-===//
#pragma once
#include "verify/Expected.h"
#include <cmath>

namespace cria::verify {

/// A logit and how far it is off.
struct Deviation {
  std::int64_t position = 0, token = 0; ///< where, and of which vocabulary entry
  double found = 0, expected = 0, error = 0, bound = 0;

  double ofBound() const { return bound > 0 ? error / bound : error > 0 ? INFINITY : 0; }
  /// Such as "position 70, token 17: got 1.5, expected 1.25: error 0.25, bound 3e-06".
  std::string text() const;
};

/// Takes the answers of one run.
class Check {
public:
  explicit Check(const Expected &expected);

  /// The logits after the token at `position`; positions that nothing is expected of pass.
  void see(std::int64_t position, std::span<const float> logits);

  /// The logit that is furthest off, measured by its bound.
  const Deviation &worst() const { return furthest; }
  bool passed() const { return furthest.ofBound() <= 1; }
  /// The greatest error, as a fraction of the greatest expected logit.
  double greatest() const { return error / scale; }
  std::int64_t rows() const { return seen; }

private:
  const Expected &expected;
  Deviation furthest;
  double error = 0, scale = 0;
  std::int64_t seen = 0;
};

} // namespace cria::verify
