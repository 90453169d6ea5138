//===- unembed.hpp - The output head ----------------------------*- C++ -*-===//
#pragma once
#include "cria/spec/flow.hpp"

namespace cria::spec {

/// The stream to one logit for each of `vocab` tokens. A tied head reads the table of embed.
struct unembed {
  static constexpr const char *label = "unembed";
  idx vocab = 0;
  bool tied = false;

  constexpr flow operator()(flow in) const {
    flow out = in.stream()
                   .needs(!in.depth, "stands last, outside of residual and repeat")
                   .size("vocab", vocab, limits::vocab)
                   .needs(vocab == in.vocab, "{} logits cannot stand for the {} tokens of embed",
                          vocab, in.vocab)
                   .needs(!tied || in.width == in.table_width,
                          "the head is tied to a table of width {}, but width {} comes in",
                          in.table_width, in.width)
                   .emits(vocab, tied ? cost::tied_linear(vocab, in.width)
                                      : cost::linear(vocab, in.width, false));
    out.finished = true;
    return out;
  }
};

} // namespace cria::spec
