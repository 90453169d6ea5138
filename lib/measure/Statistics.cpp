//===- Statistics.cpp - Order statistics of repeated measurements ---------===//
#include "measure/Statistics.h"
#include "runtime/RandomWeights.h"
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace cria::measure {
namespace {

/// Interpolates linearly between neighbours.
double quantile(const std::vector<double> &sorted, double fraction) {
  double at = fraction * static_cast<double>(sorted.size() - 1);
  auto low = static_cast<std::size_t>(at);
  std::size_t high = std::min(low + 1, sorted.size() - 1);
  return std::lerp(sorted[low], sorted[high], at - static_cast<double>(low));
}

/// How many of the smallest and of the largest of `count` samples can be dropped such that the rest
/// still encloses the true median with a probability of at least 1 - `error`; -1 if even all
/// samples do not. Each sample is below the median with a probability of 1/2, so their number is
/// binomial. (Conover, Practical Nonparametric Statistics, 3.2.)
std::ptrdiff_t trimmed(std::size_t count, double error) {
  auto n = static_cast<double>(count);
  double atMost = 0; // probability that at most k samples are below the median
  std::ptrdiff_t k = 0;
  for (; k < std::ptrdiff_t(count); ++k) {
    // In logarithms, since 2^-count underflows for thousands of samples.
    double ways = std::lgamma(n + 1) - std::lgamma(double(k) + 1) - std::lgamma(n - double(k) + 1);
    atMost += std::exp(ways - n * std::numbers::ln2);
    if (2 * atMost > error)
      break;
  }
  return k - 1;
}

} // namespace

Summary summarise(std::vector<double> samples) {
  if (samples.empty())
    return {};
  std::sort(samples.begin(), samples.end());
  Summary summary{samples.size(), quantile(samples, 0.5),
                  (quantile(samples, 0.75) - quantile(samples, 0.25)) / 2};
  if (std::ptrdiff_t out = trimmed(samples.size(), 1e-3); out >= 0) {
    summary.low = samples[std::size_t(out)];
    summary.high = samples[samples.size() - 1 - std::size_t(out)];
  }
  return summary;
}

std::vector<double> ratios(const std::vector<double> &a, const std::vector<double> &b) {
  std::vector<double> all;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    all.push_back(a[i] / b[i]);
  return all;
}

std::vector<std::size_t> orderOf(std::int64_t round, std::size_t count) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  auto place = [&](std::size_t which) {
    return rt::mix64(static_cast<std::uint64_t>(round) * count + which);
  };
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return place(a) < place(b); });
  return order;
}

} // namespace cria::measure
