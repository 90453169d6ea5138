//===- KFit.cpp - Scales and quants of the K formats ----------------------===//
#include "storage/KFit.h"
#include "storage/Blocks.h"
#include <algorithm>
#include <cmath>

namespace cria::storage {

int nearest(float x, int low, int high) {
  return int(std::clamp(std::nearbyint(x), float(low), float(high)));
}

AffineFit::AffineFit(const float *values, int most, float first, int tries)
    : values(values), most(most) {
  float squares = 0;
  for (int i = 0; i < size; ++i)
    squares += values[i] * values[i];
  float average = std::sqrt(squares / size);
  for (int i = 0; i < size; ++i) {
    weights[i] = average + std::abs(values[i]);
    weightSum += weights[i];
    valueSum += weights[i] * values[i];
  }
  auto [least, greatest] = std::minmax_element(values, values + size);
  low = std::min(*least, 0.f);
  if (*greatest == low)
    return;
  float inverse = float(most) / (*greatest - low);
  scale = 1 / inverse;
  quants = quantise(inverse);
  error = errorOf(scale, low, quants);
  for (int i = 0; i <= tries; ++i)
    tryScale((first + 0.1f * float(i) + float(most)) / (*greatest - low));
}

AffineFit::Quants AffineFit::quantise(float inverse) const {
  Quants found;
  for (int i = 0; i < size; ++i)
    found[i] = std::uint8_t(nearest(inverse * (values[i] - low), 0, most));
  return found;
}

float AffineFit::errorOf(float scale, float low, const Quants &quants) const {
  float sum = 0;
  for (int i = 0; i < size; ++i) {
    float difference = scale * float(quants[i]) + low - values[i];
    sum += weights[i] * (difference * difference);
  }
  return sum;
}

/// Takes the quants of this scale, and the line through them with the least squares, if it is
/// better than what there is.
void AffineFit::tryScale(float inverse) {
  Quants found = quantise(inverse);
  float q = 0, qq = 0, qx = 0; // weighted sums
  for (int i = 0; i < size; ++i) {
    float weighted = weights[i] * float(found[i]);
    q += weighted;
    qq += weighted * float(found[i]);
    qx += weighted * values[i];
  }
  float determinant = weightSum * qq - q * q;
  if (!(determinant > 0))
    return;
  float newScale = (weightSum * qx - valueSum * q) / determinant;
  float newLow = (qq * valueSum - q * qx) / determinant;
  if (newLow > 0) {
    newLow = 0;
    newScale = qx / qq;
  }
  float newError = errorOf(newScale, newLow, found);
  if (newError < error) {
    error = newError;
    scale = newScale;
    low = newLow;
    quants = found;
  }
}

LinearFit::LinearFit(const float *values) {
  float extreme = extremeOf(values, size);
  if (std::abs(extreme) < leastScale) {
    quants.fill(-half);
    return;
  }
  float best = 0;
  auto tryScale = [&](float inverse, bool take) {
    std::array<std::int8_t, size> found;
    float qx = 0, qq = 0; // sums, weighted by the squares of the values
    for (int i = 0; i < size; ++i) {
      found[i] = std::int8_t(nearest(inverse * values[i], -half, half - 1));
      float weight = values[i] * values[i];
      qx += weight * values[i] * float(found[i]);
      qq += weight * float(found[i]) * float(found[i]);
    }
    if (!take && !(qq > 0 && qx * qx > best * qq))
      return;
    quants = found;
    scale = qq != 0 ? qx / qq : 0;
    best = scale * qx;
  };
  tryScale(-float(half) / extreme, true);
  for (int i = -9; i <= 9; ++i)
    if (i != 0)
      tryScale(-(float(half) + 0.1f * float(i)) / extreme, false);
}

} // namespace cria::storage
