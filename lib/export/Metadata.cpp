//===- Metadata.cpp - The keys of a GGUF file -----------------------------===//
#include "export/Metadata.h"
#include "export/Tokens.h"
#include "import/gguf/GgufArchitecture.h"
#include "runtime/Fail.h"
#include "runtime/gguf/GgufCursor.h"
#include <cmath>
#include <numbers>

namespace cria::gguf {

using spec::RopeScaling;
using Kind = RopeScaling::Kind;

namespace {

const spec::Repeat &layersOf(const spec::Model &model) {
  return std::get<spec::Repeat>(model.nodes.at(1));
}

template <class Block>
const Block &blockOf(const spec::Model &model, size_t residual) {
  return std::get<Block>(std::get<spec::Residual>(layersOf(model).body.at(residual)).branch.at(1));
}

/// The architecture in whose files a model with such attention can be written, and a dot.
std::string ownKeys(const spec::Attention &attention) {
  for (const import::GgufArchitecture &each : import::ggufArchitectures)
    if (each.noRopeInterval == attention.no_rope_interval)
      return std::string(each.name) + ".";
  rt::fail(
      "--quantize: layers without rotary embedding cannot be said in a GGUF file where they are "
      "every {} (4 can)",
      attention.no_rope_interval);
}

void writeRope(Writer &writer, const std::string &own, const spec::Rope &rope) {
  const RopeScaling &scaling = rope.scaling;
  writer.real(own + "rope.freq_base", rope.theta);
  switch (scaling.kind) {
  case Kind::none:
  case Kind::llama3: // in rope_freqs.weight
    return;
  case Kind::linear:
    writer.string(own + "rope.scaling.type", "linear");
    writer.real(own + "rope.scaling.factor", scaling.factor);
    return;
  case Kind::yarn:
    if (!scaling.truncate)
      rt::fail("--quantize: yarn without truncate cannot be said in a GGUF file");
    writer.string(own + "rope.scaling.type", "yarn");
    writer.real(own + "rope.scaling.factor", scaling.factor);
    writer.integer(own + "rope.scaling.original_context_length", scaling.original_context);
    writer.real(own + "rope.scaling.yarn_beta_fast", scaling.beta_fast);
    writer.real(own + "rope.scaling.yarn_beta_slow", scaling.beta_slow);
    writer.real(own + "rope.scaling.attn_factor",
                scaling.attention_factor / (0.1 * std::log(scaling.factor) + 1));
    return;
  }
}

bool isAboutStorage(std::string_view key) {
  return key == "general.alignment" || key == "general.file_type" ||
         key == "general.quantization_version" || key.starts_with("split.");
}

} // namespace

const spec::Attention &attentionOf(const spec::Model &model) {
  return blockOf<spec::Attention>(model, 0);
}

std::vector<float> ropeDivisors(const spec::Attention &attention) {
  const RopeScaling &scaling = attention.rope.scaling;
  std::vector<float> divisors;
  if (scaling.kind != Kind::llama3)
    return divisors;
  for (std::int64_t i = 0; i < attention.head_dim / 2; ++i) {
    double turns = double(scaling.original_context) *
                   std::pow(attention.rope.theta, -2.0 * double(i) / double(attention.head_dim)) /
                   (2 * std::numbers::pi);
    double kept = std::clamp((turns - scaling.low_freq_factor) /
                                 (scaling.high_freq_factor - scaling.low_freq_factor),
                             0.0, 1.0);
    divisors.push_back(static_cast<float>(1 / ((1 - kept) / scaling.factor + kept)));
  }
  return divisors;
}

void writeMetadata(Writer &writer, const import::Imported &imported,
                   const std::filesystem::path &folder) {
  const spec::Model &model = imported.model;
  const auto &attention = attentionOf(model);
  const auto &norm = std::get<spec::RmsNorm>(model.nodes.at(2));
  const auto &inner = blockOf<spec::SwiGlu>(model, 1);
  const auto &embed = std::get<spec::Embed>(model.nodes.front());
  if (inner.gate != spec::SwiGlu::Gate::silu)
    rt::fail("{}: --quantize: a Llama in a GGUF file has the activation silu", folder.native());
  if (attention.no_rope_interval && attention.rope.scaling.kind == Kind::llama3)
    rt::fail("{}: --quantize: a GGUF file cannot say Llama 3.1's rescaling of a SmolLM3",
             folder.native());
  std::string own = ownKeys(attention);
  writer.string("general.architecture", own.substr(0, own.size() - 1));
  writer.string("general.name", model.name);
  writer.integer(own + "vocab_size", embed.vocab);
  writer.integer(own + "context_length", model.max_context);
  writer.integer(own + "embedding_length", embed.hidden);
  writer.integer(own + "block_count", layersOf(model).times);
  writer.integer(own + "feed_forward_length", inner.ffn);
  writer.integer(own + "attention.head_count", attention.heads);
  writer.integer(own + "attention.head_count_kv", attention.kv_heads);
  writer.integer(own + "attention.key_length", attention.head_dim);
  writer.integer(own + "attention.value_length", attention.head_dim);
  writer.integer(own + "rope.dimension_count", attention.head_dim);
  writer.real(own + "attention.layer_norm_rms_epsilon", norm.eps);
  writeRope(writer, own, attention.rope);
  if (!imported.tokenizer.empty())
    writeTokens(writer, imported, folder);
}

void copyMetadata(Writer &writer, std::span<const std::byte> file, std::string_view name) {
  rt::GgufCursor in(file, name);
  in.bytes(4 + sizeof(std::uint32_t) + sizeof(std::uint64_t), "header");
  auto count = in.number<std::uint64_t>("number of keys");
  for (std::uint64_t i = 0; i < count; ++i) {
    std::string_view key = in.string("key");
    size_t begin = in.at();
    in.value(key, rt::GgufArrays::skip);
    if (!isAboutStorage(key))
      writer.raw(key, file.subspan(begin, in.at() - begin));
  }
}

} // namespace cria::gguf
