//===- to_graph.hpp - From a spec to plain data -----------------*- C++ -*-===//
#pragma once
#include "cria/spec.hpp"
#include "cria/spec/graph.hpp"
#include <utility>

namespace cria::spec {

namespace detail {
using Nodes = std::vector<Node>;

inline void append(Nodes &, const trained &) {} // a property of the model, not a node
inline void append(Nodes &nodes, const embed &b) { nodes.push_back(Embed{b.vocab, b.width, {}}); }
inline void append(Nodes &nodes, const unembed &b) {
  nodes.push_back(Unembed{b.vocab, b.tied, {}});
}
inline void append(Nodes &nodes, const rms_norm &b) {
  nodes.push_back(RmsNorm{b.eps, {}, RmsNorm::Kind::rms});
}
inline void append(Nodes &nodes, const layer_norm &b) {
  nodes.push_back(RmsNorm{b.eps, {}, RmsNorm::Kind::layer});
}
inline void append(Nodes &nodes, const attention &b) {
  nodes.push_back(
      Attention{b.heads, b.kv_heads, b.head_dim, b.position, b.bias, {}, b.no_rope_interval});
}
inline void append(Nodes &nodes, const swiglu &b) {
  nodes.push_back(SwiGlu{b.hidden, b.bias, {}, SwiGlu::Gate::silu});
}
inline void append(Nodes &nodes, const geglu &b) {
  nodes.push_back(SwiGlu{b.hidden, b.bias, {}, SwiGlu::Gate::gelu});
}
inline void append(Nodes &nodes, const reglu &b) {
  nodes.push_back(SwiGlu{b.hidden, b.bias, {}, SwiGlu::Gate::relu});
}

template <typename B>
void append(Nodes &nodes, const B &b);
template <typename... Bs>
void append(Nodes &nodes, const chain_of<Bs...> &b);
template <typename Branch>
void append(Nodes &nodes, const residual_of<Branch> &b);
template <typename Body>
void append(Nodes &nodes, const repeat_of<Body> &b);

template <typename Chain>
Nodes nodes_of(const Chain &chain) {
  Nodes nodes;
  append(nodes, chain);
  return nodes;
}

template <typename B>
void append(Nodes &nodes, const B &b) {
  static_assert(has_body<B>,
                "to_graph: a custom block needs a body() that returns the blocks it consists of");
  if constexpr (has_body<B>)
    append(nodes, b.body());
}
template <typename... Bs>
void append(Nodes &nodes, const chain_of<Bs...> &b) {
  hana::for_each(b.blocks, [&nodes](const auto &inner) { append(nodes, inner); });
}
template <typename Branch>
void append(Nodes &nodes, const residual_of<Branch> &b) {
  nodes.push_back(Residual{nodes_of(b.branch)});
}
template <typename Body>
void append(Nodes &nodes, const repeat_of<Body> &b) {
  nodes.push_back(Repeat{b.times, nodes_of(b.each)});
}

} // namespace detail

/// The graph of `m`, called `name` ([A-Za-z0-9_]+). Its weights are not named yet; see
/// lib/spec/Names.h.
template <typename Chain>
Model to_graph(const model_of<Chain> &m, std::string name) {
  return {std::move(name), detail::nodes_of(m.blocks), m.result.context, m.result.storage};
}

/// Overload for refused models, so that they cause no further errors.
inline Model to_graph(refused, std::string) { return {}; }

inline Plan to_graph(const planned &p) {
  const plan &how = p.how;
  return {std::string(how.target),
          std::string(how.cpu),
          how.weights,
          how.cache,
          std::string(how.quantise),
          std::string(how.products),
          std::string(how.fuse),
          std::string(how.no_fuse),
          how.max_seq,
          how.chunk};
}

} // namespace cria::spec
