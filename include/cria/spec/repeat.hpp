//===- repeat.hpp - Blocks n times, each with own weights -------*- C++ -*-===//
#pragma once
#include "cria/spec/chain.hpp"

namespace cria::spec {

/// The input flow of the body of a repeat.
constexpr flow enter_repeat(flow in, idx times, bool empty) {
  in = in.stream()
           .needs(!in.repeated, "repeats cannot be nested: weights would have no names")
           .size("times", times, limits::layers)
           .needs(!empty, "the body is empty")
           .needs(in.depth < limits::nesting, "blocks are nested more than {} deep",
                  limits::nesting);
  ++in.depth, ++in.repeats;
  in.repeated = true;
  in.times = times;
  in.total = {};
  return in;
}

/// The output flow of the last iteration; `body` is that of the first.
constexpr flow leave_repeat(flow in, idx times, flow body) {
  if (!body.ok())
    return body.inside({"block", in.repeats + 1});
  body.depth = in.depth;
  body.repeated = false;
  figures each = body.total, some = body.of_some;
  body.times = 1;
  body.total = in.total;
  body.of_some = {};
  return body.at(in.label)
      .needs(body.width == in.width, "the body turns width {} into {}, so it cannot be repeated",
             in.width, body.width)
      .emits(in.width, times * each + some);
}

template <typename Body>
struct repeat_of {
  static constexpr const char *label = "repeat";
  idx times;
  Body each;

  constexpr flow operator()(flow in) const {
    flow inner = enter_repeat(in, times, hana::is_empty(each.blocks));
    return inner.ok() ? leave_repeat(in, times, each(inner)) : inner;
  }
};

template <typename... Bs>
constexpr auto repeat(idx times, const Bs &...blocks) {
  return repeat_of<decltype(chain(blocks...))>{times, chain(blocks...)};
}

} // namespace cria::spec
