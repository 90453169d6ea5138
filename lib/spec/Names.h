//===- Names.h - Names of weights -------------------------------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"

namespace cria::spec {

/// Gives every node of `model` that has weights the name of its place in a Hugging Face Llama
/// checkpoint: model.embed_tokens, model.layers.{}.self_attn, lm_head and so on. Where one
/// place is taken a number is appended: input_layernorm, input_layernorm_2. Names that are
/// there already are replaced.
void name_weights(Model &model);

} // namespace cria::spec
