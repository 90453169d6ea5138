//===- reglu.hpp - Feed-forward with a relu gate ----------------*- C++ -*-===//
#pragma once
#include "cria/spec/glu.hpp"

namespace cria::spec {

/// down(relu(gate(x)) * up(x)), relu(z) = max(z, 0); `hidden` is the inner width.
struct reglu {
  static constexpr const char *label = "reglu";
  idx hidden = 0;
  bool bias = false;

  constexpr flow operator()(flow in) const {
    // A maximum and a product.
    return detail::check_glu(in, hidden, bias, 2);
  }
};

} // namespace cria::spec
