//===- trained.hpp - What a model was made for ------------------*- C++ -*-===//
#pragma once
#include "cria/spec/flow.hpp"

namespace cria::spec {

/// Stands before the blocks: the longest sequence that the model was trained on, in tokens, and
/// how its weights are stored.
struct trained {
  static constexpr const char *label = "trained";
  idx context = 4096;
  dtype storage = f32;

  constexpr flow operator()(flow in) const {
    flow out = in.needs(!in.width && !in.finished, "stands before all blocks")
                   .size("context", context, limits::context);
    out.context = context;
    out.storage = storage;
    return out;
  }
};

} // namespace cria::spec
