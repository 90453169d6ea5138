//===- Statistics.cpp - What repeated measurements say --------------------===//
#include "measure/Statistics.h"
#include <algorithm>
#include <cmath>

namespace cria::measure {
namespace {

/// Between neighbours, in proportion.
double quantile(const std::vector<double> &sorted, double fraction) {
  double at = fraction * static_cast<double>(sorted.size() - 1);
  auto low = static_cast<std::size_t>(at);
  std::size_t high = std::min(low + 1, sorted.size() - 1);
  return std::lerp(sorted[low], sorted[high], at - static_cast<double>(low));
}

} // namespace

Summary summarise(std::vector<double> samples) {
  if (samples.empty())
    return {};
  std::sort(samples.begin(), samples.end());
  return {samples.size(), quantile(samples, 0.5),
          (quantile(samples, 0.75) - quantile(samples, 0.25)) / 2};
}

std::vector<double> ratios(const std::vector<double> &a, const std::vector<double> &b) {
  std::vector<double> all;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    all.push_back(a[i] / b[i]);
  return all;
}

} // namespace cria::measure
