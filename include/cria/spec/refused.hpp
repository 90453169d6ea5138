//===- refused.hpp - What stands in the place of a faulty model -*- C++ -*-===//
//
// A model with a fault is one error, at the model. What is said of it further down, such as
// static_assert(parameters(tiny) == 26'000), must not add others: CRIA_MODEL then defines
// NAME as `refused`, whose figures agree with everything.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "cria/spec/checked.hpp"
#include "cria/spec/dtype.hpp"
#include <concepts>

namespace cria::spec {

/// A figure that nothing is known of: what is computed from it is no better known, and every
/// comparison holds.
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

/// `Spec` if it has no fault.
template <const auto &Spec>
constexpr auto accept() {
  if constexpr (checked<Spec>)
    return Spec;
  else
    return refused{};
}

} // namespace cria::spec
