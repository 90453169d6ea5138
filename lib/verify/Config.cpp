//===- Config.cpp - A config.json as the reference sees it ----------------===//
#include "verify/Config.h"
#include "support/Error.h"
#include "verify/Document.h"
#include <cmath>

namespace cria::verify {

using nlohmann::json;

namespace {

/// The value of `key`; null where it is absent, as Python's None is.
json valueOf(const json &object, const char *key) {
  auto found = object.find(key);
  return found == object.end() ? json() : *found;
}

double number(const json &object, const char *key, double otherwise) {
  json value = valueOf(object, key);
  return value.is_null() ? otherwise : value.get<double>();
}

std::int64_t count(const json &object, const char *key, std::int64_t otherwise) {
  return std::int64_t(number(object, key, double(otherwise)));
}

bool flag(const json &object, const char *key) {
  json value = valueOf(object, key);
  return value.is_boolean() && value.get<bool>();
}

/// PreTrainedConfig.convert_rope_params_to_dict: rope_scaling replaces rope_parameters if it says
/// anything; the dictionary's own rope_theta wins over the one beside it.
json ropeOf(const json &config) {
  json rope = valueOf(config, "rope_scaling");
  if (!rope.is_object() || rope.empty())
    rope = valueOf(config, "rope_parameters");
  if (!rope.is_object())
    rope = json::object();
  if (!rope.contains("rope_theta"))
    rope["rope_theta"] = number(config, "rope_theta", 10000);
  return rope;
}

double yarnScale(double factor, double weight) {
  return factor <= 1 ? 1 : 0.1 * weight * std::log(factor) + 1;
}

double yarnMagnitude(const json &rope, double factor) {
  if (json given = valueOf(rope, "attention_factor"); !given.is_null())
    return given.get<double>();
  double scale = number(rope, "mscale", 0), all = number(rope, "mscale_all_dim", 0);
  if (scale != 0 && all != 0)
    return yarnScale(factor, scale) / yarnScale(factor, all);
  return yarnScale(factor, 1);
}

double orDefault(double value, double otherwise) { return value != 0 ? value : otherwise; }

Rotary readRotary(const json &config, double context) {
  json rope = ropeOf(config);
  Rotary rotary;
  rotary.theta = number(rope, "rope_theta", 10000);
  json type = valueOf(rope, "rope_type");
  if (type.is_null())
    type = valueOf(rope, "type");
  std::string kind = type.is_null() ? "default" : type.get<std::string>();
  rotary.originalContext = number(config, "original_max_position_embeddings",
                                  number(rope, "original_max_position_embeddings", context));
  rotary.factor = number(rope, "factor", 1);
  if (kind == "linear" || kind == "proportional") {
    rotary.kind = Rotary::Kind::linear;
  } else if (kind == "llama3") {
    rotary.kind = Rotary::Kind::llama3;
    rotary.lowFactor = number(rope, "low_freq_factor", 1);
    rotary.highFactor = number(rope, "high_freq_factor", 4);
  } else if (kind == "yarn") {
    rotary.kind = Rotary::Kind::yarn;
    rotary.factor = number(rope, "factor", context / rotary.originalContext);
    rotary.magnitude = yarnMagnitude(rope, rotary.factor);
    rotary.betaFast = orDefault(number(rope, "beta_fast", 0), 32);
    rotary.betaSlow = orDefault(number(rope, "beta_slow", 0), 1);
    rotary.truncate = !rope.contains("truncate") || flag(rope, "truncate");
  } else if (kind != "default" && kind != "dynamic") {
    // "dynamic" changes nothing within max_position_embeddings, past which nothing is compiled.
    throw Error("rope_type: \"" + kind + "\" is not known to --verify");
  }
  return rotary;
}

/// The entries of transformers' ACT2FN that a Llama may have.
Gated::Gate gateOf(const json &config) {
  json name = valueOf(config, "hidden_act");
  if (name.is_null() || name == "silu" || name == "swish")
    return Gated::Gate::silu;
  if (name == "gelu" || name == "gelu_python")
    return Gated::Gate::gelu;
  if (name == "relu")
    return Gated::Gate::relu;
  throw Error("hidden_act: " + name.dump() + " is not known to --verify");
}

bool isOfType(const json &config, const char *type, const char *className) {
  json said = valueOf(config, "model_type"), classes = valueOf(config, "architectures");
  return said == type ||
         (said.is_null() && classes.is_array() && classes.size() == 1 && classes[0] == className);
}

/// What the configuration class says where the file says nothing.
struct Defaults {
  std::int64_t kvHeads; ///< 0: as many as heads
  std::int64_t context, ffn;
  bool biases; ///< attention_bias and mlp_bias have a meaning
  bool tied;
  bool someRotated; ///< not all layers are
};

Defaults defaultsOf(const json &config) {
  if (isOfType(config, "mistral", "MistralForCausalLM"))
    return {8, 131072, 14336, false, false, false};
  if (isOfType(config, "smollm3", "SmolLM3ForCausalLM"))
    return {4, 32768, 11008, true, true, true};
  return {0, 2048, 11008, true, false, false};
}

/// SmolLM3Config: every fourth layer, or what the list says.
bool isRotated(const json &config, std::int64_t layer) {
  if (json list = valueOf(config, "no_rope_layers"); !list.is_null())
    return list.at(std::size_t(layer)).get<int>() != 0;
  return (layer + 1) % count(config, "no_rope_layer_interval", 4) != 0;
}

Config interpret(const json &config) {
  Defaults defaults = defaultsOf(config);
  Config result;
  Architecture &model = result.architecture;
  model.vocab = count(config, "vocab_size", 32000);
  model.width = count(config, "hidden_size", 4096);
  model.embedding = "model.embed_tokens.weight";
  std::int64_t heads = count(config, "num_attention_heads", 32);
  if (heads <= 0)
    throw Error("num_attention_heads: not positive");
  bool noKvHeads = defaults.kvHeads && !config.contains("num_key_value_heads");
  Attention attention{
      heads,
      noKvHeads ? defaults.kvHeads : count(config, "num_key_value_heads", heads),
      count(config, "head_dim", model.width / heads),
      readRotary(config, number(config, "max_position_embeddings", double(defaults.context))),
      defaults.biases && flag(config, "attention_bias"),
      {},
      true};
  Gated mlp{gateOf(config),
            count(config, "intermediate_size", defaults.ffn),
            defaults.biases && flag(config, "mlp_bias"),
            {}};
  double eps = number(config, "rms_norm_eps", 1e-6);
  for (std::int64_t i = 0; i < count(config, "num_hidden_layers", 32); ++i) {
    std::string layer = "model.layers." + std::to_string(i) + ".";
    attention.name = layer + "self_attn";
    attention.rotates = !defaults.someRotated || isRotated(config, i);
    mlp.name = layer + "mlp";
    auto norm = [&](const char *name) { return Norm{Norm::Kind::rms, eps, layer + name}; };
    model.blocks.push_back(Residual{{norm("input_layernorm"), attention}});
    model.blocks.push_back(Residual{{norm("post_attention_layernorm"), mlp}});
  }
  model.blocks.push_back(Norm{Norm::Kind::rms, eps, "model.norm"});
  bool saysTied = !valueOf(config, "tie_word_embeddings").is_null();
  result.tied = saysTied ? flag(config, "tie_word_embeddings") : defaults.tied;
  model.head = result.tied ? model.embedding : "lm_head.weight";
  if (json weights = valueOf(config, "transformers_weights"); !weights.is_null())
    result.weights = weights.get<std::string>();
  return result;
}

} // namespace

Config readConfig(const std::filesystem::path &file) {
  json document = readDocument(file);
  try {
    return interpret(document);
  } catch (const std::exception &error) {
    throw Error(file.string() + ": " + error.what());
  }
}

void chooseEnds(Config &config, const Files &files) {
  const std::string head = "lm_head.weight";
  if (!config.tied || !files.has(head))
    return;
  config.architecture.head = head;
  if (!files.has(config.architecture.embedding))
    config.architecture.embedding = head;
}

} // namespace cria::verify
