//===- trained.hpp - Context and storage of a model -------------*- C++ -*-===//
#pragma once
#include "cria/spec/flow.hpp"

namespace cria::spec {

/// Comes before all blocks: the longest sequence that the model supports, in tokens, and the
/// storage of its weights.
struct trained {
  static constexpr const char *label = "trained";
  idx context = 4096;
  dtype storage = f32;

  constexpr flow operator()(flow in) const {
    flow out = in.needs(!in.width && !in.finished, "must come before all blocks")
                   .size("context", context, limits::context);
    out.context = context;
    out.storage = storage;
    return out;
  }
};

} // namespace cria::spec
