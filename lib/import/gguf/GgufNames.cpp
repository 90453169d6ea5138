//===- GgufNames.cpp - Weights of a Llama in GGUF files -------------------===//
#include "import/gguf/GgufNames.h"
#include "cria/spec/params.hpp"

namespace cria::import {
namespace {

struct Pair {
  std::string_view hub, gguf;
};

/// Modules, without ".weight" or ".bias".
constexpr Pair pairs[] = {{"model.embed_tokens", "token_embd"},
                          {"model.norm", "output_norm"},
                          {"lm_head", "output"},
                          {"model.layers.{}.input_layernorm", "blk.{}.attn_norm"},
                          {"model.layers.{}.self_attn.q_proj", "blk.{}.attn_q"},
                          {"model.layers.{}.self_attn.k_proj", "blk.{}.attn_k"},
                          {"model.layers.{}.self_attn.v_proj", "blk.{}.attn_v"},
                          {"model.layers.{}.self_attn.o_proj", "blk.{}.attn_output"},
                          {"model.layers.{}.post_attention_layernorm", "blk.{}.ffn_norm"},
                          {"model.layers.{}.mlp.gate_proj", "blk.{}.ffn_gate"},
                          {"model.layers.{}.mlp.up_proj", "blk.{}.ffn_up"},
                          {"model.layers.{}.mlp.down_proj", "blk.{}.ffn_down"}};

} // namespace

std::map<std::string, std::string> ggufNames(const spec::Model &model) {
  std::map<std::string, std::string> names;
  for (const spec::Param &param : spec::parameters(model)) {
    size_t dot = param.name.rfind('.');
    for (auto [hub, gguf] : pairs)
      if (std::string_view(param.name).substr(0, dot) == hub)
        names[param.name] = std::string(gguf) + param.name.substr(dot);
  }
  return names;
}

} // namespace cria::import
