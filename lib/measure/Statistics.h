//===- Statistics.h - Order statistics of repeated measurements -*- C++ -*-===//
#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace cria::measure {

/// Median and quartiles, which a single disturbed run moves little.
struct Summary {
  static constexpr double none = std::numeric_limits<double>::quiet_NaN();
  static constexpr double infinity = std::numeric_limits<double>::infinity();

  std::size_t count = 0;
  double median = none;
  double deviation = 0; ///< half the distance between the quartiles
  /// 99.9% confidence interval of the true median, for any distribution of the samples. Infinite
  /// for fewer than 11 samples.
  double low = -infinity, high = infinity;

  /// The deviation as a fraction of the median.
  double spread() const { return deviation / median; }
};

/// The median is NaN if there are no samples.
Summary summarise(std::vector<double> samples);

/// a[i] / b[i] for all indices of both.
std::vector<double> ratios(const std::vector<double> &a, const std::vector<double> &b);

/// A permutation of 0 … count - 1 that depends on the round, so that no item always follows the
/// same other one.
std::vector<std::size_t> orderOf(std::int64_t round, std::size_t count);

} // namespace cria::measure
