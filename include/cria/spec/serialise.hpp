//===- serialise.hpp - A spec as text ---------------------------*- C++ -*-===//
//
// Writes the format of lib/spec/Parse.h: elements `word name? field=value ... { elements }`. False
// flags are omitted, and so are names of weights, which follow from the structure.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "cria/spec/graph.hpp"
#include <charconv>

namespace cria::spec {

namespace detail {
class Serialiser {
public:
  std::string text;

  void header() { text += "cria_spec version=1\n"; }

  void model(const Model &m) {
    begin("model");
    text += ' ' + m.name;
    field("context", m.max_context);
    word("dtype", name_of(m.dtype));
    body(m.nodes);
  }

  void plan(const Plan &p) {
    if (p == Plan{})
      return;
    begin("plan");
    string("target", p.target);
    string("cpu", p.cpu);
    if (p.weights)
      word("weights", name_of(*p.weights));
    if (p.cache)
      word("cache", name_of(*p.cache));
    string("quantise", p.quantise);
    string("products", p.products);
    string("fuse", p.fuse);
    string("no_fuse", p.no_fuse);
    if (p.max_seq)
      field("max_seq", p.max_seq);
    if (p.chunk)
      field("chunk", p.chunk);
    text += '\n';
  }

private:
  void node(const Embed &n) {
    begin("embed");
    field("vocab", n.vocab);
    field("hidden", n.hidden);
  }
  void node(const RmsNorm &n) {
    begin(n.kind == RmsNorm::Kind::rms ? "rms_norm" : "layer_norm");
    field("eps", n.eps);
  }
  void node(const Attention &n) {
    begin("attention");
    field("heads", n.heads);
    field("kv_heads", n.kv_heads);
    field("head_dim", n.head_dim);
    field("theta", n.rope.theta);
    scaling(n.rope.scaling);
    if (n.rope.pairing == RopePairing::interleaved)
      word("pairing", "interleaved");
    flag("bias", n.bias);
    if (n.no_rope_interval)
      field("no_rope_interval", n.no_rope_interval);
  }
  void node(const SwiGlu &n) {
    using Gate = SwiGlu::Gate;
    begin(n.gate == Gate::silu ? "swiglu" : n.gate == Gate::gelu ? "geglu" : "reglu");
    field("ffn", n.ffn);
    flag("bias", n.bias);
  }
  void node(const Unembed &n) {
    begin("unembed");
    field("vocab", n.vocab);
    flag("tied", n.tied);
  }
  void node(const Residual &n) {
    begin("residual");
    body(n.branch);
  }
  void node(const Repeat &n) {
    begin("repeat");
    field("times", n.times);
    body(n.body);
  }

  void scaling(const RopeScaling &s) {
    using Kind = RopeScaling::Kind;
    if (s.kind == Kind::none)
      return;
    word("scaling", s.kind == Kind::linear ? "linear" : s.kind == Kind::llama3 ? "llama3" : "yarn");
    field("factor", s.factor);
    if (s.kind == Kind::linear)
      return;
    if (s.kind == Kind::llama3) {
      field("low", s.low_freq_factor);
      field("high", s.high_freq_factor);
    } else {
      field("attention", s.attention_factor);
      field("beta_fast", s.beta_fast);
      field("beta_slow", s.beta_slow);
      flag("truncate", s.truncate);
    }
    field("original_context", s.original_context);
  }

  void body(const std::vector<Node> &nodes) {
    text += " {\n";
    ++depth;
    for (const Node &each : nodes) {
      std::visit([this](const auto &n) { node(n); }, static_cast<const Node::variant &>(each));
      if (text.back() != '\n')
        text += '\n';
    }
    --depth;
    begin("}\n");
  }

  void begin(const char *word) { text.append(2 * depth, ' ').append(word); }
  void word(const char *key, const char *value) {
    text.append(1, ' ').append(key).append(1, '=').append(value);
  }
  void flag(const char *key, bool value) {
    if (value)
      word(key, "true");
  }
  template <typename Number>
  void field(const char *key, Number value) {
    // The shortest text that parses to the same number.
    char digits[32]{};
    std::to_chars(digits, digits + sizeof digits - 1, value);
    word(key, digits);
  }
  void string(const char *key, const std::string &value) {
    if (value.empty())
      return;
    word(key, "\"");
    for (char c : value) {
      if (c == '"' || c == '\\')
        text += '\\';
      text += c;
    }
    text += '"';
  }

  std::size_t depth = 0;
};
} // namespace detail

/// `spec` as text. `parse` reads it back as an equal spec if its weights are named as by
/// `name_weights`.
inline std::string serialise(const Spec &spec) {
  detail::Serialiser out;
  out.header();
  out.model(spec.model);
  out.plan(spec.plan);
  return std::move(out.text);
}

} // namespace cria::spec
