//===- RopeFrequencies.h - Rotary frequencies with their scaling *- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include <cmath>
#include <numbers>

namespace cria {

/// frequency(i) of `cria.rotary_table`, i = 0 … headDim/2 - 1, in radians a token.
inline llvm::SmallVector<double> ropeFrequencies(double theta, int64_t headDim,
                                                 RopeScalingAttr scaling) {
  auto rescale = [&](double frequency) {
    if (scaling.getKind() == RopeScalingKind::none)
      return frequency;
    double factor = scaling.getFactor().getValueAsDouble();
    if (scaling.getKind() == RopeScalingKind::linear)
      return frequency / factor;
    double low = scaling.getLowFreqFactor().getValueAsDouble();
    double high = scaling.getHighFreqFactor().getValueAsDouble();
    double turns = double(scaling.getOriginalContext()) * frequency / (2 * std::numbers::pi);
    if (turns > high)
      return frequency;
    if (turns < low)
      return frequency / factor;
    double keep = (turns - low) / (high - low);
    return keep * frequency + (1 - keep) * frequency / factor;
  };
  llvm::SmallVector<double> frequencies;
  for (int64_t i = 0; i < headDim / 2; ++i)
    frequencies.push_back(rescale(std::pow(theta, -2.0 * double(i) / double(headDim))));
  return frequencies;
}

} // namespace cria
