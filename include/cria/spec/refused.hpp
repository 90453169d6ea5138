//===- refused.hpp - Stand-in for a model with a fault ----------*- C++ -*-===//
//
// A model with a fault gives one error, at the model. Later uses, such as
// static_assert(parameters(tiny) == 26'000), must not add more: CRIA_MODEL then defines NAME as
// `refused`, whose figures satisfy every comparison.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "cria/spec/checked.hpp"
#include "cria/spec/dtype.hpp"
#include <concepts>

namespace cria::spec {

/// An unknown figure: anything computed from it is unknown too, and every comparison holds.
struct anything {
  template <typename T>
    requires std::constructible_from<T, int>
  constexpr operator T() const {
    return T(1);
  }

#define CRIA_ANYTHING(OP)                                                                          \
  template <typename T>                                                                            \
  friend constexpr anything operator OP(anything, const T &) {                                     \
    return {};                                                                                     \
  }                                                                                                \
  template <typename T>                                                                            \
    requires(!std::same_as<T, anything>)                                                           \
  friend constexpr anything operator OP(const T &, anything) {                                     \
    return {};                                                                                     \
  }
  CRIA_ANYTHING(==)
  CRIA_ANYTHING(!=)
  CRIA_ANYTHING(<)
  CRIA_ANYTHING(>)
  CRIA_ANYTHING(<=)
  CRIA_ANYTHING(>=)
  CRIA_ANYTHING(+)
  CRIA_ANYTHING(-)
  CRIA_ANYTHING(*)
  CRIA_ANYTHING(/)
  CRIA_ANYTHING(%)
#undef CRIA_ANYTHING
};

struct refused {};

constexpr anything parameters(refused) { return {}; }
constexpr anything weight_bytes(refused, dtype) { return {}; }
constexpr anything kv_cache_bytes(refused, idx, dtype) { return {}; }
constexpr anything flops_per_token(refused, idx) { return {}; }
constexpr anything bytes_per_token(refused, idx, dtype) { return {}; }
constexpr anything bytes_per_token(refused, idx, dtype, dtype) { return {}; }

/// `Spec` if it has no fault, else `refused`.
template <const auto &Spec>
constexpr auto accept() {
  if constexpr (checked<Spec>)
    return Spec;
  else
    return refused{};
}

} // namespace cria::spec
