//===- model.hpp - A checked model ------------------------------*- C++ -*-===//
#pragma once
#include "cria/spec/chain.hpp"
#include "cria/spec/refused.hpp"
#include <stdexcept>

namespace cria::spec {

/// The result of checking a spec. Figures are meaningful only for a model without a fault.
struct measured {
  flow result;
};

template <typename Chain>
struct model_of : measured {
  Chain blocks;
};

/// Rules for the model as a whole.
constexpr flow finish_model(flow out) {
  out = out.at("model")
            .needs(out.finished || out.width, "has no embed")
            .needs(out.finished, "its output has width {}: unembed must come last", out.width)
            .needs(out.kv_heads > 0, "has no attention");
  return out.emits(out.width, idx(out.rope_count) * cost::rotary_table(out.head_dim));
}

/// A model of `blocks`, with its fault if it has one. CRIA_MODEL rejects models with a fault.
template <typename... Bs>
constexpr auto model(const Bs &...blocks) {
  auto all = chain(blocks...);
  return model_of<decltype(all)>{{finish_model(all(flow{}))}, all};
}

namespace detail {
constexpr idx exact(count n) {
  return n.fits ? n.value : throw std::overflow_error("a figure of the model exceeds 2^63");
}
/// Bytes of `elements` elements of weights, of which `vectors` are those of vectors.
constexpr count bytes(count elements, count vectors, dtype weights) {
  return bytes_of(weights, elements + count(-1) * vectors) +
         bytes_of(vector_storage(weights), vectors);
}
} // namespace detail

/// Elements of all weights.
constexpr idx parameters(const measured &m) { return detail::exact(m.result.total.parameters); }

/// Bytes of all weights stored as `weights`.
constexpr idx weight_bytes(const measured &m, dtype weights) {
  const figures &f = m.result.total;
  return detail::exact(detail::bytes(f.parameters, f.vectors, weights));
}

/// Bytes of the keys and values of `seq` tokens, stored as `cache`.
constexpr idx kv_cache_bytes(const measured &m, idx seq, dtype cache) {
  return detail::exact(bytes_of(cache, m.result.total.cache * seq));
}

/// Operations for decoding one token with `context` tokens in the cache.
constexpr idx flops_per_token(const measured &m, idx context) {
  const figures &f = m.result.total;
  return detail::exact(f.flops + f.flops_per_row * (count(context) + 1));
}

/// Bytes read and written for decoding one token with `context` tokens in the cache: weights, the
/// cache, and the f32 operands of each op, before any fusion.
constexpr idx bytes_per_token(const measured &m, idx context, dtype weights, dtype cache) {
  const figures &f = m.result.total;
  // The token's own keys and values are written, then read together with the earlier ones.
  count rows = count(context) + 2;
  return detail::exact(detail::bytes(f.weights_read, f.vectors, weights) + f.activation_bytes +
                       bytes_of(cache, f.cache * rows));
}
constexpr idx bytes_per_token(const measured &m, idx context, dtype storage) {
  return bytes_per_token(m, context, storage, storage);
}

} // namespace cria::spec

/// Hook that collects the models of a file for criac; see cria/spec/export.hpp.
#ifndef CRIA_EXPORT_MODEL
#define CRIA_EXPORT_MODEL(NAME)
#endif

/// Defines, at namespace scope, the model NAME of the blocks that follow. A model with a fault does
/// not compile.
#define CRIA_MODEL(NAME, ...)                                                                      \
  inline constexpr auto NAME##_unchecked = ::cria::spec::model(__VA_ARGS__);                       \
  inline constexpr auto NAME = ::cria::spec::accept<NAME##_unchecked>();                           \
  CRIA_EXPORT_MODEL(NAME)                                                                          \
  CRIA_CHECKED(NAME, NAME##_unchecked)
