//===- embed.hpp - Rows of the token table ----------------------*- C++ -*-===//
#pragma once
#include "cria/spec/flow.hpp"

namespace cria::spec {

/// Maps tokens to a stream of `width` elements per token.
struct embed {
  static constexpr const char *label = "embed";
  idx vocab = 0, width = 0;

  constexpr flow operator()(flow in) const {
    in = in.needs(!in.finished, "nothing can follow unembed")
             .needs(in.finished || !in.width,
                    "its input has width {}, not tokens: embed must come first", in.width)
             .needs(!in.depth, "must come first, outside residual and repeat")
             .size("vocab", vocab, limits::vocab)
             .size("width", width, limits::width);
    in.vocab = vocab;
    in.table_width = width;
    return in.emits(width, cost::embed(vocab, width));
  }
};

} // namespace cria::spec
