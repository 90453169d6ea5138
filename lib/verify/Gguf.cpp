//===- Gguf.cpp - A model in GGUF files, for the reference ----------------===//
#include "verify/Gguf.h"
#include "storage/Packed.h"
#include "support/Error.h"
#include <cmath>
#include <cstdio>

namespace cria::verify {

namespace fs = std::filesystem;

namespace {

/// Parts of the names of tensors: those of Hugging Face and those of llama.cpp.
constexpr std::pair<const char *, const char *> spellings[] = {
    {"model.embed_tokens.", "token_embd."},
    {"model.norm.", "output_norm."},
    {"lm_head.", "output."},
    {"model.layers.", "blk."},
    {"input_layernorm.", "attn_norm."},
    {"post_attention_layernorm.", "ffn_norm."},
    {"self_attn.q_proj.", "attn_q."},
    {"self_attn.k_proj.", "attn_k."},
    {"self_attn.v_proj.", "attn_v."},
    {"self_attn.o_proj.", "attn_output."},
    {"mlp.gate_proj.", "ffn_gate."},
    {"mlp.up_proj.", "ffn_up."},
    {"mlp.down_proj.", "ffn_down."}};

std::string inGguf(std::string name) {
  for (auto [hub, gguf] : spellings)
    if (std::size_t at = name.find(hub); at != name.npos)
      name.replace(at, std::string(hub).size(), gguf);
  return name;
}

/// ggml's numbers of the types that --verify knows.
Format formatOf(std::uint32_t type, const std::string &source, const std::string &name) {
  switch (type) {
  case 0:
    return Format::f32;
  case 1:
    return Format::f16;
  case 28:
    return Format::f64;
  case 30:
    return Format::bf16;
  default:
    throw Error(source + ": tensor " + name + ": type " + std::to_string(type) +
                " is not known to --verify");
  }
}

} // namespace

Gguf::Gguf(const fs::path &file) : source(file.string()) {
  addPart(file);
  auto split = first.numbers.find("split.count");
  int parts = split == first.numbers.end() ? 1 : int(split->second);
  std::string name = file.string();
  for (int part = 2; part <= parts; ++part) {
    char end[32];
    std::snprintf(end, sizeof end, "-%05d-of-%05d.gguf", part, parts);
    addPart(name.substr(0, name.size() - std::string(end).size()) + end);
  }
}

void Gguf::addPart(const fs::path &file) {
  auto [memory, bytes] = mapFile(file);
  bool isFirst = mappings.empty();
  mappings.push_back(memory);
  GgufHeader part = readGgufHeader(bytes, file.string());
  if (isFirst)
    first = std::move(part);
  else
    first.tensors.merge(part.tensors);
}

std::string Gguf::own(const std::string &key) const {
  return first.texts.at("general.architecture") + "." + key;
}

double Gguf::number(const std::string &key, double otherwise) const {
  auto found = first.numbers.find(own(key));
  return found == first.numbers.end() ? otherwise : found->second;
}

double Gguf::number(const std::string &key) const {
  auto found = first.numbers.find(own(key));
  if (found == first.numbers.end())
    throw Error(source + ": " + own(key) + " is missing");
  return found->second;
}

Rotary Gguf::rotary(std::int64_t headDim) const {
  Rotary rotary;
  rotary.interleaved = true;
  rotary.theta = number("rope.freq_base", 10000);
  auto kind = first.texts.find(own("rope.scaling.type"));
  double linear = number("rope.scale_linear", 1);
  rotary.factor = number("rope.scaling.factor", linear);
  if (kind != first.texts.end() && kind->second == "yarn") {
    rotary.kind = Rotary::Kind::yarn;
    rotary.originalContext =
        number("rope.scaling.original_context_length", number("context_length"));
    rotary.betaFast = number("rope.scaling.yarn_beta_fast", 32);
    rotary.betaSlow = number("rope.scaling.yarn_beta_slow", 1);
    rotary.magnitude = number("rope.scaling.attn_factor", 1) * (1 + 0.1 * std::log(rotary.factor));
  } else if (linear != 1 || (kind != first.texts.end() && kind->second == "linear")) {
    rotary.kind = Rotary::Kind::linear;
  }
  if (auto divisors = first.tensors.find("rope_freqs.weight"); divisors != first.tensors.end()) {
    rotary.divisors.resize(std::size_t(headDim / 2));
    storedTensor(Format::f32, divisors->second.data)->read(0, rotary.divisors);
  }
  return rotary;
}

Architecture Gguf::architecture() const {
  Architecture model;
  model.width = std::int64_t(number("embedding_length"));
  model.embedding = "model.embed_tokens.weight";
  model.vocab = first.tensors.at("token_embd.weight").shape.at(0);
  model.head = lookUp("lm_head.weight") ? "lm_head.weight" : model.embedding;
  auto heads = std::int64_t(number("attention.head_count"));
  auto kvHeads = std::int64_t(number("attention.head_count_kv", double(heads)));
  auto headDim = std::int64_t(number("attention.key_length", double(model.width) / double(heads)));
  double eps = number("attention.layer_norm_rms_epsilon");
  for (std::int64_t i = 0; i < std::int64_t(number("block_count")); ++i) {
    std::string layer = "model.layers." + std::to_string(i) + ".";
    auto norm = [&](const char *name) { return Norm{Norm::Kind::rms, eps, layer + name}; };
    bool bias = lookUp(layer + "self_attn.q_proj.bias"), inner = lookUp(layer + "mlp.up_proj.bias");
    // Every fourth layer of a SmolLM3, whatever its keys say.
    bool rotates = first.texts.at("general.architecture") != "smollm3" || (i + 1) % 4 != 0;
    model.blocks.push_back(
        Residual{{norm("input_layernorm"), Attention{heads, kvHeads, headDim, rotary(headDim), bias,
                                                     layer + "self_attn", rotates}}});
    model.blocks.push_back(
        Residual{{norm("post_attention_layernorm"),
                  Gated{Gated::Gate::silu, std::int64_t(number("feed_forward_length")), inner,
                        layer + "mlp"}}});
  }
  model.blocks.push_back(Norm{Norm::Kind::rms, eps, "model.norm"});
  return model;
}

const GgufHeader::Entry *Gguf::lookUp(const std::string &name) const {
  auto found = first.tensors.find(inGguf(name));
  return found == first.tensors.end() ? nullptr : &found->second;
}

std::unique_ptr<Tensor> Gguf::find(const std::string &name,
                                   const std::vector<std::int64_t> &shape) const {
  const GgufHeader::Entry *entry = lookUp(name);
  if (!entry || entry->shape != shape)
    throw Error(source + ": tensor " + inGguf(name) + " is missing, or of another shape");
  std::int64_t elements = 1;
  for (std::int64_t extent : shape)
    elements *= extent;
  auto check = [&](std::int64_t size) {
    if (std::size_t(size) > entry->available)
      throw Error(source + ": tensor " + inGguf(name) + " passes the end of the file");
  };
  bool packed = entry->type >= storage::packedGguf;
  const storage::Storage *storage =
      storage::findGguf(entry->type - (packed ? storage::packedGguf : 0));
  if (storage && storage->isBlock()) {
    check(storage->bytesOf(elements));
    return storedTensor(*storage, packed, entry->data);
  }
  Format format = formatOf(entry->type, source, inGguf(name));
  check(bytesOf(format) * elements);
  return storedTensor(format, entry->data);
}

} // namespace cria::verify
