//===- unembed.hpp - The output head ----------------------------*- C++ -*-===//
#pragma once
#include "cria/spec/flow.hpp"

namespace cria::spec {

/// Maps the stream to one logit per token of the vocabulary. A tied head uses the table of embed.
struct unembed {
  static constexpr const char *label = "unembed";
  idx vocab = 0;
  bool tied = false;

  constexpr flow operator()(flow in) const {
    flow out = in.stream()
                   .needs(!in.depth, "must come last, outside residual and repeat")
                   .size("vocab", vocab, limits::vocab)
                   .needs(vocab == in.vocab, "{} logits do not match the {} tokens of embed", vocab,
                          in.vocab)
                   .needs(!tied || in.width == in.table_width,
                          "the head is tied to a table of width {}, but its input has width {}",
                          in.table_width, in.width)
                   .emits(vocab, (tied ? cost::tied_linear(vocab, in.width)
                                       : cost::linear(vocab, in.width, false)) +
                                     cost::argmax(vocab));
    out.finished = true;
    return out;
  }
};

} // namespace cria::spec
