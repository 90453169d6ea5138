//===- chain.hpp - Blocks in sequence ---------------------------*- C++ -*-===//
#pragma once
#include "cria/spec/block.hpp"
#include <boost/hana/for_each.hpp>
#include <boost/hana/tuple.hpp>

namespace cria::spec {
namespace hana = boost::hana;

template <block... Bs>
struct chain_of {
  static constexpr const char *label = "chain";
  hana::tuple<Bs...> blocks;

  constexpr flow operator()(flow in) const {
    hana::for_each(blocks, [&in](const auto &b) { in = through(in, b); });
    return in;
  }
};

/// Replaces an argument that is not a block, so that it is reported like any other fault.
struct not_a_block {
  static constexpr const char *label = "chain";
  idx position;
  constexpr flow operator()(flow in) const {
    return in.needs(false, "argument {} is not a block: it has no label, or neither rule nor body",
                    position);
  }
};

namespace detail {
template <typename B>
constexpr auto as_block(idx position, const B &b) {
  if constexpr (block<B>)
    return b;
  else
    return not_a_block{position};
}
} // namespace detail

/// `blocks` in sequence: the output of each is the input of the next.
template <typename... Bs>
constexpr auto chain(const Bs &...blocks) {
  [[maybe_unused]] idx position = 0;
  return chain_of<decltype(detail::as_block(0, blocks))...>{
      {detail::as_block(++position, blocks)...}};
}

} // namespace cria::spec
