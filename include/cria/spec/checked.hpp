//===- checked.hpp - Turning faults into compile errors ---------*- C++ -*-===//
//
// CRIA_CHECKED(NAME, SPEC) is the only place where a spec with a fault stops the compiler: with
// one error, located at NAME, that states the fault in words and numbers. Compilers without
// computed messages (a C++26 feature) show the message in the name of a type:
//
//   ill_formed<text<66>{"block.attention: 30 query heads cannot share 8 kv heads"}>
//
//===----------------------------------------------------------------------===//
#pragma once
#include "cria/spec/fault.hpp"

namespace cria::spec {

template <const auto &Spec>
inline constexpr bool checked = Spec.result.ok();

namespace detail {
template <const auto &Spec>
consteval auto reason() {
  constexpr std::size_t length = [] {
    std::size_t n = 0;
    if (!checked<Spec>)
      Spec.result.why.say([&n](char) { ++n; });
    return n;
  }();
  text<length> words;
  if (!checked<Spec>)
    Spec.result.why.say([&words, n = 0](char c) mutable { words.chars[n++] = c; });
  return words;
}
} // namespace detail

/// The fault of `Spec` as "path: sentence"; empty if there is none.
template <const auto &Spec>
inline constexpr auto reason = detail::reason<Spec>();

/// Left undefined, so that compilers print its name.
template <text Why>
struct ill_formed;
template <>
struct ill_formed<text<0>{}> {};

} // namespace cria::spec

// clang-format off
#if defined(__clang__) && __clang_major__ >= 17
#define CRIA_CHECKED(NAME, SPEC)                                                                   \
  _Pragma("clang diagnostic push")                                                                 \
  _Pragma("clang diagnostic ignored \"-Wc++26-extensions\"")                                       \
  static_assert(::cria::spec::checked<SPEC>, ::cria::spec::reason<SPEC>)                           \
  _Pragma("clang diagnostic pop")
#elif defined(__cpp_static_assert) && __cpp_static_assert >= 202306L
#define CRIA_CHECKED(NAME, SPEC)                                                                   \
  static_assert(::cria::spec::checked<SPEC>, ::cria::spec::reason<SPEC>)
#else
// A variable of that type, called NAME so that the error is reported where NAME was written.
#define CRIA_CHECKED(NAME, SPEC)                                                                   \
  namespace SPEC##_is_checked {                                                                    \
    inline constexpr ::cria::spec::ill_formed<::cria::spec::reason<SPEC>> NAME{};                  \
  }                                                                                                \
  static_assert(true)
#endif
// clang-format on
