//===- layer_norm.hpp - (x - mean) / deviation * gain + offset --*- C++ -*-===//
#pragma once
#include "cria/spec/rms_norm.hpp"

namespace cria::spec {

/// Layer norm (Ba et al. 2016), for comparison with rms_norm.
struct layer_norm {
  static constexpr const char *label = "layer_norm";
  double eps = 1e-5;

  constexpr flow operator()(flow in) const {
    return detail::check_eps(in, eps).emits(in.width, cost::layer_norm(in.width));
  }
};

} // namespace cria::spec
