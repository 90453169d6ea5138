//===- Mean.h - A mean and how far it may be off ----------------*- C++ -*-===//
#pragma once
#include <cmath>
#include <cstdint>

namespace cria::rt {

/// The mean of numbers that come one by one, and its standard error.
class Mean {
public:
  void add(double x) {
    double step = x - mean_;
    mean_ += step / static_cast<double>(++count_);
    squares_ += step * (x - mean_);
  }
  std::int64_t count() const { return count_; }
  double value() const { return mean_; }
  /// NaN for fewer than 2 numbers.
  double error() const {
    auto n = static_cast<double>(count_);
    return std::sqrt(squares_ / (n * (n - 1)));
  }

private:
  std::int64_t count_ = 0;
  double mean_ = 0, squares_ = 0; ///< of the distances from the mean
};

} // namespace cria::rt
