//===- geglu.hpp - Feed-forward with a gelu gate ----------------*- C++ -*-===//
#pragma once
#include "cria/spec/glu.hpp"

namespace cria::spec {

/// down(gelu(gate(x)) * up(x)), gelu(z) = z (1 + erf(z / sqrt 2)) / 2; `hidden` is the inner width.
struct geglu {
  static constexpr const char *label = "geglu";
  idx hidden = 0;
  bool bias = false;

  constexpr flow operator()(flow in) const {
    // An error function, an addition and four products.
    return detail::check_glu(in, hidden, bias, 6);
  }
};

} // namespace cria::spec
