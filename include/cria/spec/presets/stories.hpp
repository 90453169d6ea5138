//===- stories.hpp - The model shipped with Cria ----------------*- C++ -*-===//
#pragma once
#include "cria/spec.hpp"

namespace cria::spec::presets {

/// The model of models/stories, where its weights and training scripts are.
CRIA_MODEL(stories,
    trained{.context = 2'048, .storage = bf16},
    embed{.vocab = 1'024, .width = 128},
    repeat(4,
        residual(
            rms_norm{},
            attention{.heads = 8, .kv_heads = 2, .head_dim = 32,
                      .position = rope{.theta = 500'000,
                                       .scaling = llama3_scaling{.factor = 8, .original_context = 256}}}),
        residual(
            rms_norm{},
            swiglu{.hidden = 384})),
    rms_norm{},
    unembed{.vocab = 1'024, .tied = true});
static_assert(parameters(stories) == 1'049'728);

} // namespace cria::spec::presets
