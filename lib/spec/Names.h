//===- Names.h - Names of weights -------------------------------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"

namespace cria::spec {

/// Names every node of `model` that has weights after its counterpart in a Hugging Face Llama
/// checkpoint: model.embed_tokens, model.layers.{}.self_attn, lm_head and so on. Duplicates get a
/// number: input_layernorm, input_layernorm_2. Existing names are replaced.
void name_weights(Model &model);

} // namespace cria::spec
