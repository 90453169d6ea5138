//===- Graph.cpp - The graph of a Llama -----------------------------------===//
#include "import/Graph.h"
#include <cctype>

namespace cria::import {

std::string modelName(std::string name) {
  for (char &c : name)
    if (!std::isalnum(static_cast<unsigned char>(c)))
      c = '_';
  return name.empty() ? "model" : name;
}

spec::Model graph(const Config &config, const Ends &ends, std::string name) {
  spec::Repeat layers{
      config.layers,
      {spec::Residual{{spec::RmsNorm{config.eps, "model.layers.{}.input_layernorm"},
                       spec::Attention{config.heads, config.kvHeads, config.headDim, config.rope,
                                       config.attentionBias, "model.layers.{}.self_attn",
                                       config.noRopeInterval}}},
       spec::Residual{
           {spec::RmsNorm{config.eps, "model.layers.{}.post_attention_layernorm"},
            spec::SwiGlu{config.ffn, config.mlpBias, "model.layers.{}.mlp", config.gate}}}}};
  return {std::move(name),
          {spec::Embed{config.vocab, config.hidden, ends.table}, std::move(layers),
           spec::RmsNorm{config.eps, "model.norm"},
           spec::Unembed{config.vocab, ends.head == ends.table, ends.head}},
          config.maxContext,
          config.dtype};
}

} // namespace cria::import
