//===- Statistics.h - What repeated measurements say ------------*- C++ -*-===//
#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace cria::measure {

/// Medians and quartiles: one disturbed run moves neither far.
struct Summary {
  static constexpr double none = std::numeric_limits<double>::quiet_NaN();
  static constexpr double infinity = std::numeric_limits<double>::infinity();

  std::size_t count = 0;
  double median = none;
  double deviation = 0; ///< half the distance between the quartiles
  /// What the samples leave open: where the median of endlessly many lies, with an error of
  /// 1 in 1000, whatever their distribution. Fewer than 11 samples tell nothing.
  double low = -infinity, high = infinity;

  /// The deviation as a fraction of the median.
  double spread() const { return deviation / median; }
};

/// Without samples, the median is NaN.
Summary summarise(std::vector<double> samples);

/// a[i] / b[i] for all i that both have.
std::vector<double> ratios(const std::vector<double> &a, const std::vector<double> &b);

/// 0 … count - 1 in an order of this round, so that none always follows the same one.
std::vector<std::size_t> orderOf(std::int64_t round, std::size_t count);

} // namespace cria::measure
