//===- Rotary.cpp - Rotary position embedding for the reference -----------===//
#include "verify/Rotary.h"
#include <algorithm>
#include <cmath>
#include <numbers>

namespace cria::verify {
namespace {

constexpr double fullTurn = 2 * std::numbers::pi;

double llama3(const Rotary &rotary, double frequency) {
  double wavelength = fullTurn / frequency;
  if (wavelength < rotary.originalContext / rotary.highFactor)
    return frequency;
  if (wavelength > rotary.originalContext / rotary.lowFactor)
    return frequency / rotary.factor;
  double smooth = (rotary.originalContext / wavelength - rotary.lowFactor) /
                  (rotary.highFactor - rotary.lowFactor);
  return (1 - smooth) * frequency / rotary.factor + smooth * frequency;
}

/// The (fractional) dimension that turns `turns` times within the original context.
double yarnDimension(const Rotary &rotary, double turns, double headDim) {
  return headDim * std::log(rotary.originalContext / (turns * fullTurn)) /
         (2 * std::log(rotary.theta));
}

double yarn(const Rotary &rotary, double frequency, double pair, double headDim) {
  double low = yarnDimension(rotary, rotary.betaFast, headDim);
  double high = yarnDimension(rotary, rotary.betaSlow, headDim);
  if (rotary.truncate) {
    low = std::floor(low);
    high = std::ceil(high);
  }
  low = std::max(low, 0.0);
  high = std::min(high, headDim - 1);
  if (low == high)
    high += 0.001;
  double ramp = std::clamp((pair - low) / (high - low), 0.0, 1.0);
  return frequency / rotary.factor * ramp + frequency * (1 - ramp);
}

} // namespace

std::vector<double> frequencies(const Rotary &rotary, std::int64_t headDim) {
  std::vector<double> result;
  for (std::int64_t pair = 0; pair < headDim / 2; ++pair) {
    double frequency = std::pow(rotary.theta, -2.0 * double(pair) / double(headDim));
    switch (rotary.kind) {
    case Rotary::Kind::plain:
      break;
    case Rotary::Kind::linear:
      frequency /= rotary.factor;
      break;
    case Rotary::Kind::llama3:
      frequency = llama3(rotary, frequency);
      break;
    case Rotary::Kind::yarn:
      frequency = yarn(rotary, frequency, double(pair), double(headDim));
      break;
    }
    if (!rotary.divisors.empty())
      frequency /= rotary.divisors.at(std::size_t(pair));
    result.push_back(frequency);
  }
  return result;
}

} // namespace cria::verify
