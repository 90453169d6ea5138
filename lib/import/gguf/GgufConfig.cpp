//===- GgufConfig.cpp - What the keys of a GGUF file say ------------------===//
#include "import/gguf/GgufConfig.h"
#include "import/gguf/GgufNames.h"
#include "import/gguf/GgufRope.h"
#include "import/gguf/GgufTokens.h"
#include "runtime/Fail.h"

namespace cria::import {

using nlohmann::json;

namespace {

constexpr std::int64_t mostTokens = 1 << 24, mostWidth = 1 << 20, mostInner = 1 << 24,
                       mostLayers = 4096, mostContext = 1 << 30;

void refuseOther(const Fields &keys) {
  if (auto name = keys.text("general.architecture"); name != "llama")
    keys.refuse("general.architecture", json(name), "is not supported (llama)");
  if (auto type = keys.text("general.type", "model"); type != "model")
    keys.refuse("general.type", json(type), "is not a model");
  if (auto experts = keys.integer("llama.expert_count", 0, mostInner, 0))
    keys.refuse("llama.expert_count", fmt::format("{}: experts are not supported", experts));
}

void readHeads(const Fields &keys, Config &config) {
  constexpr const char *heads = "llama.attention.head_count", *size = "llama.attention.key_length",
                       *values = "llama.attention.value_length";
  config.heads = keys.integer(heads, 1, mostInner);
  config.kvHeads = keys.integer("llama.attention.head_count_kv", 1, mostInner, config.heads);
  if (config.heads % config.kvHeads)
    keys.refuse(heads, fmt::format("{} is not a multiple of llama.attention.head_count_kv {}",
                                   config.heads, config.kvHeads));
  if (!keys.find(size) && config.hidden % config.heads)
    keys.refuse("llama.embedding_length",
                fmt::format("{} is not a multiple of {} {}, and there is no {}", config.hidden,
                            heads, config.heads, size));
  config.headDim = keys.integer(size, 1, mostInner, config.hidden / config.heads);
  if (auto other = keys.integer(values, 1, mostInner, config.headDim); other != config.headDim)
    keys.refuse(values, fmt::format("{} is not supported: {} is {}", other, size, config.headDim));
  if (config.headDim % 2)
    keys.refuse(size, fmt::format("{} is odd: rotary embedding takes pairs", config.headDim));
  if (config.heads > mostInner / config.headDim)
    keys.refuse(heads, fmt::format("{} of {} are more than {} together", config.heads,
                                   config.headDim, mostInner));
}

/// A sliding window hides nothing from sequences that are no longer than it.
void limitToWindow(const Fields &keys, Config &config) {
  constexpr const char *key = "llama.attention.sliding_window";
  std::int64_t window = keys.integer(key, 0, mostContext, 0);
  if (window == 0 || window >= config.maxContext)
    return;
  config.notes.push_back(
      keys.describe(key, fmt::format("sequences are limited to the window, {} tokens", window)));
  config.maxContext = window;
}

} // namespace

Config readGgufConfig(const Fields &keys, const rt::Checkpoint &checkpoint) {
  refuseOther(keys);
  Config config{};
  auto tokens = static_cast<std::int64_t>(keys.list("tokenizer.ggml.tokens").size());
  config.vocab = keys.integer("llama.vocab_size", 1, mostTokens,
                              tokens ? std::optional(tokens) : std::nullopt);
  config.hidden = keys.integer("llama.embedding_length", 1, mostWidth);
  config.ffn = keys.integer("llama.feed_forward_length", 1, mostInner);
  config.layers = keys.integer("llama.block_count", 1, mostLayers);
  readHeads(keys, config);
  config.maxContext = keys.integer("llama.context_length", 1, mostContext);
  config.eps = keys.number("llama.attention.layer_norm_rms_epsilon", 1e-30, 1);
  config.gate = spec::SwiGlu::Gate::silu;
  config.rope = readGgufRope(keys, checkpoint, config);
  limitToWindow(keys, config);
  config.tied = !checkpoint.find(ggufHead);
  config.attentionBias = checkpoint.find("blk.0.attn_q.bias") != nullptr;
  config.mlpBias = checkpoint.find("blk.0.ffn_gate.bias") != nullptr;
  config.dtype = spec::DType::f32;
  readGgufTokens(keys, config);
  return config;
}

} // namespace cria::import
