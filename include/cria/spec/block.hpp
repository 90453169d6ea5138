//===- block.hpp - The interface of a block ---------------------*- C++ -*-===//
//
// A block is data with a name for messages and one rule:
//
//   struct scale {
//     idx lanes;
//     static constexpr const char *label = "scale";
//     constexpr flow operator()(flow in) const;
//   };
//
// A composite block has a `body()` that returns the blocks it consists of. The flow through it
// is that of its body; its own rule, if it has one, adds conditions.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "cria/spec/flow.hpp"
#include <concepts>

namespace cria::spec {

template <typename B>
concept has_rule = requires(const B &b, flow in) {
  { b(in) } -> std::same_as<flow>;
};
template <typename B>
concept has_body = requires(const B &b) { b.body(); };
template <typename B>
concept block = (has_rule<B> || has_body<B>) && requires {
  { B::label } -> std::convertible_to<const char *>;
};

/// The output flow of `b`. A fault is passed on unchanged.
template <block B>
constexpr flow through(flow in, const B &b) {
  if (!in.ok())
    return in;
  if constexpr (has_rule<B>)
    in = b(in.at(B::label));
  if constexpr (has_body<B>)
    if (in.ok())
      in = through(in, b.body()).inside(B::label);
  return in;
}

} // namespace cria::spec
