//===- glu.hpp - Shared by gated feed-forward blocks ------------*- C++ -*-===//
#pragma once
#include "cria/spec/flow.hpp"

namespace cria::spec::detail {

/// down(gate(x W) * x V) with an inner width of `hidden` (Shazeer 2020); `each`: operations per
/// element, as for figures.
constexpr flow check_glu(flow in, idx hidden, bool bias, idx each) {
  return in.stream()
      .size("hidden", hidden, limits::inner)
      .emits(in.width, 2 * cost::linear(hidden, in.width, bias) + cost::gate(hidden, each) +
                           cost::linear(in.width, hidden, bias));
}

} // namespace cria::spec::detail
