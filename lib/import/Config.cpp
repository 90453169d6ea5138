#include "import/Config.h"
#include "import/Fields.h"
#include "import/RopeConfig.h"
#include "runtime/Fail.h"
#include <algorithm>

namespace cria::import {

using nlohmann::json;

namespace {

constexpr size_t mostBytes = 16 << 20;
constexpr std::int64_t mostTokens = 1 << 24, mostWidth = 1 << 20, mostInner = 1 << 24,
                       mostLayers = 4096, mostContext = 1 << 30;

void checkArchitecture(const Fields &fields) {
  if (auto type = fields.text("model_type"); type != "llama")
    fields.refuse("model_type", json(type), "is not supported (llama)");
  const json &names = fields.list("architectures");
  if (std::find(names.begin(), names.end(), "LlamaForCausalLM") == names.end())
    fields.refuse("architectures", rt::printable(names.dump()) + " has no LlamaForCausalLM");
  if (auto act = fields.text("hidden_act", "silu"); act != "silu")
    fields.refuse("hidden_act", json(act), "is not supported (silu)");
  if (const json *method = fields.find("quantization_config"))
    fields.refuse("quantization_config", *method, "is not supported: weights must be plain");
}

void readHeads(const Fields &fields, Config &config) {
  config.heads = fields.integer("num_attention_heads", 1, mostInner, 32);
  config.kvHeads = fields.integer("num_key_value_heads", 1, mostInner, config.heads);
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

spec::DType readDType(const Fields &fields) {
  const char *field = fields.find("dtype") ? "dtype" : "torch_dtype";
  std::string name = fields.text(field, "float32");
  if (name == "float32")
    return spec::DType::f32;
  if (name == "float16")
    return spec::DType::f16;
  if (name == "bfloat16")
    return spec::DType::bf16;
  fields.refuse(field, json(name), "is not supported (float32, float16, bfloat16)");
}

/// Replaces the tokens of `config` by those that `fields` has.
void readTokens(const Fields &fields, Config &config) {
  const std::int64_t last = config.vocab - 1;
  config.bos = fields.integer("bos_token_id", 0, last, config.bos);
  const json *eos = fields.find("eos_token_id");
  if (!eos)
    return;
  config.eos.clear();
  for (const json &item : eos->is_array() ? *eos : json::array({*eos})) {
    std::int64_t id = fields.asInteger("eos_token_id", item, 0, last);
    if (std::find(config.eos.begin(), config.eos.end(), id) == config.eos.end())
      config.eos.push_back(static_cast<std::int32_t>(id));
  }
}

} // namespace

Config readConfig(const std::filesystem::path &file) {
  json document = readJson(file, mostBytes);
  Fields fields(document, file.native());
  checkArchitecture(fields);

  Config config{};
  config.vocab = fields.integer("vocab_size", 1, mostTokens, 32000);
  config.hidden = fields.integer("hidden_size", 1, mostWidth, 4096);
  config.ffn = fields.integer("intermediate_size", 1, mostInner, 11008);
  config.layers = fields.integer("num_hidden_layers", 1, mostLayers, 32);
  readHeads(fields, config);
  config.maxContext = fields.integer("max_position_embeddings", 1, mostContext, 2048);
  config.eps = fields.number("rms_norm_eps", 1e-30, 1, 1e-6);
  config.rope = readRope(fields, config.maxContext);
  config.tied = fields.flag("tie_word_embeddings", false);
  config.attentionBias = fields.flag("attention_bias", false);
  config.mlpBias = fields.flag("mlp_bias", false);
  config.dtype = readDType(fields);

  config.bos = -1;
  readTokens(fields, config);
  std::error_code ignored;
  if (auto generation = file.parent_path() / "generation_config.json";
      std::filesystem::exists(generation, ignored)) {
    json overrides = readJson(generation, mostBytes);
    readTokens(Fields(overrides, generation.native()), config);
  }
  return config;
}

} // namespace cria::import
