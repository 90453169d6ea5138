//===- rms_norm.hpp - x / rms(x) * gain -------------------------*- C++ -*-===//
#pragma once
#include "cria/spec/flow.hpp"

namespace cria::spec {

namespace detail {
constexpr flow check_eps(flow in, double eps) {
  return in.stream().needs(eps >= 1e-30 && eps <= 1, "eps is not in 1e-30 ... 1");
}
} // namespace detail

/// Root-mean-square norm (Zhang & Sennrich 2019).
struct rms_norm {
  static constexpr const char *label = "rms_norm";
  double eps = 1e-5;

  constexpr flow operator()(flow in) const {
    return detail::check_eps(in, eps).emits(in.width, cost::rms_norm(in.width));
  }
};

} // namespace cria::spec
