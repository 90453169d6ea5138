//===- swiglu.hpp - Feed-forward with a silu gate ---------------*- C++ -*-===//
#pragma once
#include "cria/spec/glu.hpp"

namespace cria::spec {

/// down(silu(gate(x)) * up(x)), silu(z) = z / (1 + exp(-z)); `hidden` is the inner width.
struct swiglu {
  static constexpr const char *label = "swiglu";
  idx hidden = 0;
  bool bias = false;

  constexpr flow operator()(flow in) const {
    // An exponential, an addition, a division and two products.
    return detail::check_glu(in, hidden, bias, 5);
  }
};

} // namespace cria::spec
