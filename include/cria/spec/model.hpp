//===- model.hpp - A model, checked -----------------------------*- C++ -*-===//
#pragma once
#include "cria/spec/chain.hpp"
#include "cria/spec/refused.hpp"
#include <stdexcept>

namespace cria::spec {

/// What a spec is known to be once it has been checked. The figures are those of a model
/// without fault.
struct measured {
  flow result;
};

template <typename Chain>
struct model_of : measured {
  Chain blocks;
};

/// What holds of a model as a whole.
constexpr flow finish_model(flow out) {
  out = out.at("model")
            .needs(out.finished || out.width, "no block takes the tokens")
            .needs(out.finished, "width {} comes out, but unembed stands last", out.width)
            .needs(out.kv_heads > 0, "without attention no token sees another");
  return out.emits(out.width, idx(out.rope_count) * cost::rotary_table(out.head_dim));
}

/// A model of `blocks`, with its fault if it has one. CRIA_MODEL refuses those that do.
template <typename... Bs>
constexpr auto model(const Bs &...blocks) {
  auto all = chain(blocks...);
  return model_of<decltype(all)>{{finish_model(all(flow{}))}, all};
}

namespace detail {
constexpr idx exact(count n) {
  return n.fits ? n.value : throw std::overflow_error("a figure of the model passes 2^63");
}
} // namespace detail

/// Elements of all weights.
constexpr idx parameters(const measured &m) { return detail::exact(m.result.total.parameters); }

/// Bytes of all weights stored as `weights`.
constexpr idx weight_bytes(const measured &m, dtype weights) {
  return detail::exact(m.result.total.parameters * bytes_of(weights));
}

/// Bytes of keys and values of `seq` tokens stored as `cache`.
constexpr idx kv_cache_bytes(const measured &m, idx seq, dtype cache) {
  return detail::exact(m.result.total.cache * seq * bytes_of(cache));
}

/// Operations that decode one token with `context` tokens in the cache.
constexpr idx flops_per_token(const measured &m, idx context) {
  const figures &f = m.result.total;
  return detail::exact(f.flops + f.flops_per_row * (count(context) + 1));
}

/// Bytes that decoding one token reads and writes with `context` tokens in the cache: weights,
/// the cache, and the f32 operands of each op, before any fusion.
constexpr idx bytes_per_token(const measured &m, idx context, dtype weights, dtype cache) {
  const figures &f = m.result.total;
  // The token's own keys and values are written, then read with those before it.
  count rows = count(context) + 2;
  return detail::exact(f.weights_read * bytes_of(weights) + f.activation_bytes +
                       f.cache * rows * bytes_of(cache));
}
constexpr idx bytes_per_token(const measured &m, idx context, dtype storage) {
  return bytes_per_token(m, context, storage, storage);
}

} // namespace cria::spec

/// What collects the models of a file for criac; see cria/spec/export.hpp.
#ifndef CRIA_EXPORT_MODEL
#define CRIA_EXPORT_MODEL(NAME)
#endif

/// Defines the model NAME, made of the blocks that follow, at namespace scope. A model with a
/// fault does not compile.
#define CRIA_MODEL(NAME, ...)                                                                      \
  inline constexpr auto NAME##_unchecked = ::cria::spec::model(__VA_ARGS__);                       \
  inline constexpr auto NAME = ::cria::spec::accept<NAME##_unchecked>();                           \
  CRIA_EXPORT_MODEL(NAME)                                                                          \
  CRIA_CHECKED(NAME, NAME##_unchecked)
