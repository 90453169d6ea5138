//===- Config.cpp - config.json of a Llama model --------------------------===//
#include "import/Config.h"
#include "import/Architecture.h"
#include "import/Fields.h"
#include "import/NoRope.h"
#include "import/RopeConfig.h"
#include "import/Tokens.h"
#include "runtime/Fail.h"

namespace cria::import {

using nlohmann::json;
using spec::SwiGlu;

namespace {

constexpr size_t mostBytes = 16 << 20;
constexpr std::int64_t mostTokens = 1 << 24, mostWidth = 1 << 20, mostInner = 1 << 24,
                       mostLayers = 4096, mostContext = 1 << 30;

/// The names in ACT2FN of transformers whose functions Cria has.
SwiGlu::Gate readGate(const Fields &fields) {
  std::string name = fields.text("hidden_act", "silu");
  if (name == "silu" || name == "swish")
    return SwiGlu::Gate::silu;
  if (name == "gelu" || name == "gelu_python")
    return SwiGlu::Gate::gelu;
  if (name == "relu")
    return SwiGlu::Gate::relu;
  fields.refuse("hidden_act", json(name),
                "is not supported (silu, swish, gelu, gelu_python, relu)");
}

void readHeads(const Fields &fields, const Architecture &architecture, Config &config) {
  config.heads = fields.integer("num_attention_heads", 1, mostInner, 32);
  // Null stands for as many as heads, in the classes with another default too.
  bool given = fields.value().contains("num_key_value_heads");
  std::int64_t absent = given || !architecture.kvHeads ? config.heads : architecture.kvHeads;
  config.kvHeads = fields.integer("num_key_value_heads", 1, mostInner, absent);
  if (config.heads % config.kvHeads)
    fields.refuse("num_attention_heads",
                  fmt::format("{} is not a multiple of num_key_value_heads {}", config.heads,
                              config.kvHeads));
  if (!fields.find("head_dim") && config.hidden % config.heads)
    fields.refuse("hidden_size", fmt::format("{} is not a multiple of num_attention_heads {}, and "
                                             "there is no head_dim",
                                             config.hidden, config.heads));
  config.headDim = fields.integer("head_dim", 1, mostInner, config.hidden / config.heads);
  if (config.headDim % 2)
    fields.refuse("head_dim",
                  fmt::format("{} is odd: rotary embedding takes pairs", config.headDim));
  if (config.heads > mostInner / config.headDim)
    fields.refuse("num_attention_heads", fmt::format("{} of head_dim {} are more than {} together",
                                                     config.heads, config.headDim, mostInner));
}

/// Only random weights have this storage; those of a file have their own.
spec::DType readDType(const Fields &fields) {
  const char *field = fields.find("dtype") ? "dtype" : "torch_dtype";
  std::string name = fields.text(field, "float32");
  std::string_view type = name;
  if (type.starts_with("torch."))
    type.remove_prefix(6);
  if (type == "float32" || type == "float" || type == "float64" || type == "auto")
    return spec::DType::f32;
  if (type == "float16" || type == "half")
    return spec::DType::f16;
  if (type == "bfloat16")
    return spec::DType::bf16;
  fields.refuse(field, json(name), "is not supported (float32, float16, bfloat16)");
}

/// A sliding window hides nothing from sequences that are no longer than it.
void limitToWindow(const Fields &fields, const Architecture &architecture, Config &config) {
  bool absent = !fields.value().contains("sliding_window");
  std::int64_t none = absent && architecture.window ? architecture.window : mostContext;
  std::int64_t window = fields.integer("sliding_window", 1, mostContext, none);
  for (const json &type : fields.list("layer_types"))
    if (type != "full_attention" && type != "sliding_attention" && type != "attention")
      fields.refuse("layer_types", type, "is not supported (full_attention, sliding_attention)");
  if (window >= config.maxContext)
    return;
  config.notes.push_back(fields.describe(
      "sliding_window", fmt::format("sequences are limited to the window, {} tokens", window)));
  config.maxContext = window;
}

/// Fields by which layers differ, or by which another file takes the place of this one.
void refuseOther(const Fields &fields) {
  for (const char *field : {"per_layer_config", "configuration_files"})
    if (const json *value = fields.find(field))
      fields.refuse(field, *value, "is not supported");
}

std::string readWeightsFile(const Fields &fields) {
  std::string name = fields.text("transformers_weights", "");
  bool beside = std::filesystem::path(name).filename() == name;
  if (!name.empty() &&
      (!beside || !(name.ends_with(".safetensors") || name.ends_with(".safetensors.index.json"))))
    fields.refuse("transformers_weights", json(name),
                  "is not the name of a safetensors file beside config.json");
  return name;
}

} // namespace

Config readConfig(const std::filesystem::path &file) {
  json document = readJson(file, mostBytes, rt::JsonRules::python);
  Fields fields(document, file.native());
  Config config{};
  const Architecture &architecture = readArchitecture(fields, config.notes);
  refuseOther(fields);

  config.vocab = fields.integer("vocab_size", 1, mostTokens, 32000);
  config.hidden = fields.integer("hidden_size", 1, mostWidth, 4096);
  config.ffn = fields.integer("intermediate_size", 1, mostInner, architecture.ffn);
  config.layers = fields.integer("num_hidden_layers", 1, mostLayers, 32);
  readHeads(fields, architecture, config);
  config.maxContext =
      fields.integer("max_position_embeddings", 1, mostContext, architecture.maxContext);
  config.eps = fields.number("rms_norm_eps", 1e-30, 1, 1e-6);
  config.gate = readGate(fields);
  config.rope = readRope(fields, config.maxContext, config.notes);
  if (architecture.noRopeInterval)
    config.noRopeInterval = readNoRope(fields, config.layers, architecture.noRopeInterval);
  else
    limitToWindow(fields, architecture, config);
  config.tied = fields.flag("tie_word_embeddings", architecture.tied);
  config.attentionBias = architecture.biases && fields.flag("attention_bias", false);
  config.mlpBias = architecture.biases && fields.flag("mlp_bias", false);
  config.dtype = readDType(fields);
  if (const json *quantization = fields.find("quantization_config"))
    config.quantization = *quantization;
  config.weightsFile = readWeightsFile(fields);

  readTokens(fields, config);
  std::error_code ignored;
  if (auto generation = file.parent_path() / "generation_config.json";
      std::filesystem::exists(generation, ignored)) {
    json document = readJson(generation, mostBytes, rt::JsonRules::python);
    readGenerationTokens(Fields(document, generation.native()), config);
  }
  return config;
}

} // namespace cria::import
