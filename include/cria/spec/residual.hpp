//===- residual.hpp - x + branch(x) -----------------------------*- C++ -*-===//
#pragma once
#include "cria/spec/chain.hpp"

namespace cria::spec {

/// The input flow of the branch of a residual.
constexpr flow enter_residual(flow in, bool empty) {
  in = in.stream()
           .needs(!empty, "the branch is empty")
           .needs(in.depth < limits::nesting, "blocks are nested more than {} deep",
                  limits::nesting);
  ++in.depth;
  return in;
}

/// The output flow: the stream plus the output of the branch.
constexpr flow leave_residual(flow in, flow branch) {
  if (!branch.ok())
    return branch;
  branch.depth = in.depth;
  return branch.at(in.label)
      .needs(branch.width == in.width,
             "the branch turns width {} into {}, so it cannot be added back", in.width,
             branch.width)
      .emits(in.width, cost::residual(in.width));
}

template <typename Branch>
struct residual_of {
  static constexpr const char *label = "residual";
  Branch branch;

  constexpr flow operator()(flow in) const {
    flow inner = enter_residual(in, hana::is_empty(branch.blocks));
    return inner.ok() ? leave_residual(in, branch(inner)) : inner;
  }
};

template <typename... Bs>
constexpr auto residual(const Bs &...blocks) {
  return residual_of<decltype(chain(blocks...))>{chain(blocks...)};
}

} // namespace cria::spec
