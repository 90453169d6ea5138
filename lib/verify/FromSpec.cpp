//===- FromSpec.cpp - A spec as the reference sees it ---------------------===//
#include "verify/FromSpec.h"
#include "support/Error.h"

namespace cria::verify {
namespace {

Rotary rotaryOf(const spec::Rope &rope) {
  Rotary rotary;
  rotary.theta = rope.theta;
  rotary.interleaved = rope.pairing == spec::RopePairing::interleaved;
  rotary.factor = rope.scaling.factor;
  rotary.lowFactor = rope.scaling.low_freq_factor;
  rotary.highFactor = rope.scaling.high_freq_factor;
  rotary.originalContext = double(rope.scaling.original_context);
  switch (rope.scaling.kind) {
  case spec::RopeScaling::Kind::none:
    rotary.kind = Rotary::Kind::plain;
    break;
  case spec::RopeScaling::Kind::linear:
    rotary.kind = Rotary::Kind::linear;
    break;
  case spec::RopeScaling::Kind::llama3:
    rotary.kind = Rotary::Kind::llama3;
    break;
  case spec::RopeScaling::Kind::yarn:
    rotary.kind = Rotary::Kind::yarn;
    rotary.betaFast = rope.scaling.beta_fast;
    rotary.betaSlow = rope.scaling.beta_slow;
    rotary.magnitude = rope.scaling.attention_factor;
    rotary.truncate = rope.scaling.truncate;
    break;
  }
  return rotary;
}

Gated::Gate gateOf(spec::SwiGlu::Gate gate) {
  switch (gate) {
  case spec::SwiGlu::Gate::silu:
    return Gated::Gate::silu;
  case spec::SwiGlu::Gate::gelu:
    return Gated::Gate::gelu;
  case spec::SwiGlu::Gate::relu:
    return Gated::Gate::relu;
  }
  __builtin_unreachable();
}

/// Writes out nodes as blocks. `layer` is the iteration of the repeat around them.
class Adapter {
public:
  explicit Adapter(Architecture &result) : result(result) {}

  void append(const std::vector<spec::Node> &nodes, std::vector<Block> &to) {
    for (const spec::Node &node : nodes)
      std::visit([&](const auto &block) { add(block, to); },
                 static_cast<const spec::Node::variant &>(node));
  }

private:
  std::string named(std::string name) const {
    if (std::size_t at = name.find("{}"); at != name.npos)
      name.replace(at, 2, std::to_string(layer));
    return name;
  }
  void add(const spec::Embed &embed, std::vector<Block> &) {
    result.vocab = embed.vocab;
    result.width = embed.hidden;
    result.embedding = embed.name + ".weight";
  }
  void add(const spec::Unembed &head, std::vector<Block> &) { result.head = head.name + ".weight"; }
  void add(const spec::RmsNorm &norm, std::vector<Block> &to) {
    bool rms = norm.kind == spec::RmsNorm::Kind::rms;
    to.push_back(Norm{rms ? Norm::Kind::rms : Norm::Kind::layer, norm.eps, named(norm.name)});
  }
  void add(const spec::Attention &attention, std::vector<Block> &to) {
    to.push_back(Attention{attention.heads, attention.kv_heads, attention.head_dim,
                           rotaryOf(attention.rope), attention.bias, named(attention.name),
                           attention.rotates(layer)});
  }
  void add(const spec::SwiGlu &gated, std::vector<Block> &to) {
    to.push_back(Gated{gateOf(gated.gate), gated.ffn, gated.bias, named(gated.name)});
  }
  void add(const spec::Residual &residual, std::vector<Block> &to) {
    Residual inner;
    append(residual.branch, inner.branch);
    to.push_back(std::move(inner));
  }
  void add(const spec::Repeat &repeat, std::vector<Block> &to) {
    for (layer = 0; layer < repeat.times; ++layer)
      append(repeat.body, to);
  }

  Architecture &result;
  std::int64_t layer = 0;
};

} // namespace

Architecture fromSpec(const spec::Model &model) {
  Architecture result;
  Adapter(result).append(model.nodes, result.blocks);
  return result;
}

Cache cacheOf(spec::DType dtype) {
#define CRIA_STORAGE(NAME, word, ...)                                                              \
  if (dtype == spec::DType::word)                                                                  \
    return Cache::word;
  CRIA_CACHE_STORAGES(CRIA_STORAGE)
#undef CRIA_STORAGE
  __builtin_unreachable();
}

} // namespace cria::verify
