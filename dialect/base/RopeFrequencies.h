//===- RopeFrequencies.h - Rotary frequencies with their scaling *- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include <algorithm>
#include <cmath>
#include <numbers>

namespace cria {

/// The share of frequency `i` that yarn keeps; the rest is divided by its factor.
inline double yarnShare(int64_t i, double theta, int64_t headDim, RopeScalingAttr yarn) {
  // The index whose frequency turns `beta` times in the original context.
  auto indexOf = [&](double beta) {
    double turns = double(yarn.getOriginalContext()) / (2 * std::numbers::pi * beta);
    return double(headDim) * std::log(turns) / (2 * std::log(theta));
  };
  double low = indexOf(yarn.getBetaFast().getValueAsDouble());
  double high = indexOf(yarn.getBetaSlow().getValueAsDouble());
  if (!yarn.getTruncate() || yarn.getTruncate().getValue()) {
    low = std::floor(low);
    high = std::ceil(high);
  }
  low = std::max(low, 0.0);
  high = std::min(high, double(headDim - 1));
  if (low == high)
    high += 0.001; // as all implementations do
  return 1 - std::clamp((double(i) - low) / (high - low), 0.0, 1.0);
}

/// frequency(i) of `cria.rotary_table`, i = 0 … headDim/2 - 1, in radians per token.
inline llvm::SmallVector<double> ropeFrequencies(double theta, int64_t headDim,
                                                 RopeScalingAttr scaling) {
  auto keptShare = [&](int64_t i, double frequency) {
    if (scaling.getKind() == RopeScalingKind::linear)
      return 0.0;
    if (scaling.getKind() == RopeScalingKind::yarn)
      return yarnShare(i, theta, headDim, scaling);
    double low = scaling.getLowFreqFactor().getValueAsDouble();
    double high = scaling.getHighFreqFactor().getValueAsDouble();
    double turns = double(scaling.getOriginalContext()) * frequency / (2 * std::numbers::pi);
    return std::clamp((turns - low) / (high - low), 0.0, 1.0);
  };
  llvm::SmallVector<double> frequencies;
  for (int64_t i = 0; i < headDim / 2; ++i) {
    double frequency = std::pow(theta, -2.0 * double(i) / double(headDim));
    if (scaling.getKind() != RopeScalingKind::none) {
      double keep = keptShare(i, frequency), factor = scaling.getFactor().getValueAsDouble();
      frequency = keep * frequency + (1 - keep) * frequency / factor;
    }
    frequencies.push_back(frequency);
  }
  return frequencies;
}

} // namespace cria
