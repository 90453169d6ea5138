//===- llama3.hpp - The Llama 3 family --------------------------*- C++ -*-===//
//
// Sizes are from Dubey et al. 2024, "The Llama 3 Herd of Models", and the model cards of Llama 3.2;
// the static_asserts check the published numbers of parameters.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "cria/spec.hpp"

namespace cria::spec::presets {

/// The differences between models of the family.
struct llama3_shape {
  idx context, width, layers, heads, head_dim, hidden;
  idx kv_heads = 8, vocab = 128'256;
  RopeScaling scaling{};
  bool tied = false;
};

constexpr auto llama3(const llama3_shape &s) {
  return chain(
      trained{.context = s.context, .storage = bf16},
      embed{.vocab = s.vocab, .width = s.width},
      repeat(s.layers,
          residual(
              rms_norm{},
              attention{.heads = s.heads, .kv_heads = s.kv_heads, .head_dim = s.head_dim,
                        .position = rope{.theta = 500'000, .scaling = s.scaling}}),
          residual(
              rms_norm{},
              swiglu{.hidden = s.hidden})),
      rms_norm{},
      unembed{.vocab = s.vocab, .tied = s.tied});
}

CRIA_MODEL(llama3_8b, llama3({
    .context = 8'192, .width = 4'096, .layers = 32, .heads = 32, .head_dim = 128, .hidden = 14'336}));
static_assert(parameters(llama3_8b) == 8'030'261'248);

CRIA_MODEL(llama3_70b, llama3({
    .context = 8'192, .width = 8'192, .layers = 80, .heads = 64, .head_dim = 128, .hidden = 28'672}));
static_assert(parameters(llama3_70b) == 70'553'706'496);

CRIA_MODEL(llama3_1_8b, llama3({
    .context = 131'072, .width = 4'096, .layers = 32, .heads = 32, .head_dim = 128, .hidden = 14'336,
    .scaling = llama3_scaling{.factor = 8}}));
static_assert(parameters(llama3_1_8b) == 8'030'261'248);

CRIA_MODEL(llama3_1_70b, llama3({
    .context = 131'072, .width = 8'192, .layers = 80, .heads = 64, .head_dim = 128, .hidden = 28'672,
    .scaling = llama3_scaling{.factor = 8}}));
static_assert(parameters(llama3_1_70b) == 70'553'706'496);

CRIA_MODEL(llama3_1_405b, llama3({
    .context = 131'072, .width = 16'384, .layers = 126, .heads = 128, .head_dim = 128, .hidden = 53'248,
    .scaling = llama3_scaling{.factor = 8}}));
static_assert(parameters(llama3_1_405b) == 405'853'388'800);

CRIA_MODEL(llama3_2_1b, llama3({
    .context = 131'072, .width = 2'048, .layers = 16, .heads = 32, .head_dim = 64, .hidden = 8'192,
    .scaling = llama3_scaling{.factor = 32}, .tied = true}));
static_assert(parameters(llama3_2_1b) == 1'235'814'400);

CRIA_MODEL(llama3_2_3b, llama3({
    .context = 131'072, .width = 3'072, .layers = 28, .heads = 24, .head_dim = 128, .hidden = 8'192,
    .scaling = llama3_scaling{.factor = 32}, .tied = true}));
static_assert(parameters(llama3_2_3b) == 3'212'749'824);

} // namespace cria::spec::presets
