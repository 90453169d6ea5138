//===- Tensor.h - Dense f64 tensors -----------------------------*- C++ -*-===//
#pragma once
#include <cstdint>
#include <functional>
#include <numeric>
#include <vector>

namespace cria::reference {

/// Row-major f64. Token ids are numbers as well.
struct Tensor {
  std::vector<std::int64_t> shape;
  std::vector<double> data;
  /// Of each element: which one of memory it is a copy of, `computed`, or `unset`. Empty, for all
  /// computed, if nobody asks (Traffic.h).
  std::vector<std::uint32_t> origins;
  static constexpr std::uint32_t computed = 0, unset = 1;

  Tensor() = default;
  explicit Tensor(std::vector<std::int64_t> shape)
      : shape(std::move(shape)), data(std::accumulate(this->shape.begin(), this->shape.end(),
                                                      std::int64_t(1), std::multiplies<>())) {}
  Tensor(std::vector<std::int64_t> shape, std::vector<double> data)
      : shape(std::move(shape)), data(std::move(data)) {}

  double &at(std::int64_t i) { return data[i]; }
  double at(std::int64_t i) const { return data[i]; }
  double &at(std::int64_t i, std::int64_t j) { return data[i * shape[1] + j]; }
  double at(std::int64_t i, std::int64_t j) const { return data[i * shape[1] + j]; }
  double &at(std::int64_t i, std::int64_t j, std::int64_t k) {
    return data[(i * shape[1] + j) * shape[2] + k];
  }
  double at(std::int64_t i, std::int64_t j, std::int64_t k) const {
    return data[(i * shape[1] + j) * shape[2] + k];
  }
};

} // namespace cria::reference
