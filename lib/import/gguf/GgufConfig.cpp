//===- GgufConfig.cpp - What the keys of a GGUF file say ------------------===//
#include "import/gguf/GgufConfig.h"
#include "import/gguf/GgufArchitecture.h"
#include "import/gguf/GgufNames.h"
#include "import/gguf/GgufRope.h"
#include "import/gguf/GgufTokens.h"
#include "runtime/Fail.h"

namespace cria::import {

using nlohmann::json;

namespace {

constexpr std::int64_t mostTokens = 1 << 24, mostWidth = 1 << 20, mostInner = 1 << 24,
                       mostLayers = 4096, mostContext = 1 << 30;

void refuseOther(const Fields &keys, const Fields &own) {
  if (auto type = keys.text("general.type", "model"); type != "model")
    keys.refuse("general.type", json(type), "is not a model");
  if (auto experts = own.integer("expert_count", 0, mostInner, 0))
    own.refuse("expert_count", fmt::format("{}: experts are not supported", experts));
}

void readHeads(const Fields &own, Config &config) {
  constexpr const char *heads = "attention.head_count", *size = "attention.key_length",
                       *values = "attention.value_length";
  config.heads = own.integer(heads, 1, mostInner);
  config.kvHeads = own.integer("attention.head_count_kv", 1, mostInner, config.heads);
  if (config.heads % config.kvHeads)
    own.refuse(heads, fmt::format("{} is not a multiple of {} {}", config.heads,
                                  own.pathOf("attention.head_count_kv"), config.kvHeads));
  if (!own.find(size) && config.hidden % config.heads)
    own.refuse("embedding_length",
               fmt::format("{} is not a multiple of {} {}, and there is no {}", config.hidden,
                           own.pathOf(heads), config.heads, own.pathOf(size)));
  config.headDim = own.integer(size, 1, mostInner, config.hidden / config.heads);
  if (auto other = own.integer(values, 1, mostInner, config.headDim); other != config.headDim)
    own.refuse(values, fmt::format("{} is not supported: {} is {}", other, own.pathOf(size),
                                   config.headDim));
  if (config.headDim % 2)
    own.refuse(size, fmt::format("{} is odd: rotary embedding takes pairs", config.headDim));
  if (config.heads > mostInner / config.headDim)
    own.refuse(heads, fmt::format("{} of {} are more than {} together", config.heads,
                                  config.headDim, mostInner));
}

/// A sliding window hides nothing from sequences that are no longer than it.
void limitToWindow(const Fields &own, Config &config) {
  constexpr const char *key = "attention.sliding_window";
  std::int64_t window = own.integer(key, 0, mostContext, 0);
  if (window == 0 || window >= config.maxContext)
    return;
  config.notes.push_back(
      own.describe(key, fmt::format("sequences are limited to the window, {} tokens", window)));
  config.maxContext = window;
}

} // namespace

Config readGgufConfig(const Fields &keys, const rt::Checkpoint &checkpoint) {
  const GgufArchitecture &architecture = readGgufArchitecture(keys);
  Fields own = keys.startingWith(std::string(architecture.name) + ".");
  refuseOther(keys, own);
  Config config{};
  auto tokens = static_cast<std::int64_t>(keys.list("tokenizer.ggml.tokens").size());
  config.vocab =
      own.integer("vocab_size", 1, mostTokens, tokens ? std::optional(tokens) : std::nullopt);
  config.hidden = own.integer("embedding_length", 1, mostWidth);
  config.ffn = own.integer("feed_forward_length", 1, mostInner);
  config.layers = own.integer("block_count", 1, mostLayers);
  readHeads(own, config);
  config.maxContext = own.integer("context_length", 1, mostContext);
  config.eps = own.number("attention.layer_norm_rms_epsilon", 1e-30, 1);
  config.gate = spec::SwiGlu::Gate::silu;
  config.rope = readGgufRope(own, checkpoint, config);
  config.noRopeInterval = architecture.noRopeInterval;
  limitToWindow(own, config);
  config.tied = !checkpoint.find(ggufHead);
  config.attentionBias = checkpoint.find("blk.0.attn_q.bias") != nullptr;
  config.mlpBias = checkpoint.find("blk.0.ffn_gate.bias") != nullptr;
  config.dtype = spec::DType::f32;
  readGgufTokens(keys, config);
  return config;
}

} // namespace cria::import
