//===- Expected.h - What a compiled model must answer -----------*- C++ -*-===//
#pragma once
#include "verify/Forward.h"

namespace cria::verify {

/// How the compiled model works, and how much may be done to check it.
struct Conditions {
  std::int64_t context = 0; ///< tokens that a session can hold
  std::int64_t chunk = 0;   ///< most tokens of a prefill call
  Cache cache = Cache::f32;
  bool rounded = false; ///< activations may be rounded before products
  double budget = 0;    ///< multiply-adds of all runs of the reference together
};

/// About a few seconds, and some minutes, on two cores.
constexpr double quickBudget = 1e10, fullBudget = 1e12;

/// A sequence and the logits after some of its tokens, with their bounds.
struct Expected {
  std::vector<std::int32_t> tokens;
  std::vector<std::int64_t> positions; ///< ascending; the first and the last are among them
  Matrix logits;                       ///< [positions][vocab]
  std::vector<double> spread;          ///< by position: error of the last hidden state
  std::vector<double> headNorms;       ///< by vocabulary entry

  /// How far a change of eps by 1.1 and of theta by 1.001 move a logit, as a multiple of its bound;
  /// below 1 this check cannot see such a fault. Nothing if it was not measured.
  std::optional<double> ofEps, ofTheta;

  /// How far the logit of entry `i` at positions[row] may be off. docs/verify.md derives it.
  double bound(std::size_t row, std::size_t i) const;
  /// Makes it the same for all logits.
  void setBound(double bound);
};

/// Sees how far the work is, from 0 to 1.
using Progress = std::function<void(double done)>;

/// Chooses tokens and positions, as many as the budget allows, and runs the reference on them.
/// Throws cria::Error.
Expected expect(const Architecture &model, const Weights &weights, const Conditions &conditions,
                const Progress &progress = {});

} // namespace cria::verify
