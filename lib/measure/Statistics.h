//===- Statistics.h - What repeated measurements say ------------*- C++ -*-===//
#pragma once
#include <cstddef>
#include <limits>
#include <vector>

namespace cria::measure {

/// Medians and quartiles: one disturbed run moves neither far.
struct Summary {
  std::size_t count = 0;
  double median = std::numeric_limits<double>::quiet_NaN();
  double deviation = 0; ///< half the distance between the quartiles

  /// The deviation as a fraction of the median.
  double spread() const { return deviation / median; }
};

/// Without samples, the median is NaN.
Summary summarise(std::vector<double> samples);

/// a[i] / b[i] for all i that both have.
std::vector<double> ratios(const std::vector<double> &a, const std::vector<double> &b);

} // namespace cria::measure
