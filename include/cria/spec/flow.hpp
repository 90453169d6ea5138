//===- flow.hpp - Values threaded through a check ---------------*- C++ -*-===//
#pragma once
#include "cria/spec/dtype.hpp"
#include "cria/spec/fault.hpp"
#include "cria/spec/figures.hpp"
#include "cria/spec/rotary.hpp"

namespace cria::spec {

/// Upper bounds of sizes. lib/import has its own checks of config.json, with the same bounds.
namespace limits {
inline constexpr idx vocab = 1 << 24, width = 1 << 20, inner = 1 << 24, layers = 4096,
                     context = 1 << 30, nesting = 16;
} // namespace limits

/// A block's rule maps its input flow to its output flow. The first fault is kept; later conditions
/// have no effect.
struct flow {
  static constexpr int most_ropes = 4;

  idx width = 0;                  ///< elements per token; 0: tokens that are not embedded yet
  bool finished = false;          ///< after unembed
  bool repeated = false;          ///< inside a repeat
  idx times = 1;                  ///< iterations of the repeat
  int depth = 0;                  ///< number of enclosing residuals and repeats
  int repeats = 0;                ///< number of repeats so far
  idx vocab = 0, table_width = 0; ///< of embed
  idx kv_heads = 0, head_dim = 0; ///< of the cache; 0: no attention so far
  Rope ropes[most_ropes];         ///< distinct ropes; each has one table of angles
  int rope_count = 0;
  idx context = 4096; ///< longest sequence in tokens
  DType storage = DType::f32;
  figures total;
  figures of_some; ///< cost of what only some iterations of the repeat have, of all of these
  fault why;
  piece label; ///< the block being checked

  constexpr bool ok() const { return !why; }

  /// A fault unless `condition` holds; each "{}" of `sentence` is replaced by the next of `pieces`.
  template <typename... Pieces>
  constexpr flow needs(bool condition, const char *sentence, Pieces... pieces) const {
    if (condition || !ok())
      return *this;
    flow failed = *this;
    failed.why = fault{sentence, {piece(pieces)...}, {label}, 1};
    return failed;
  }

  /// Requires `value`, called `name` in messages, to be in 1 ... `most`.
  constexpr flow size(const char *name, idx value, idx most) const {
    return needs(value > 0, "{} {} is not positive", name, value)
        .needs(value <= most, "{} {} exceeds {}", name, value, most);
  }

  /// Requires embedded tokens as input.
  constexpr flow stream() const {
    return needs(!finished, "nothing can follow unembed")
        .needs(finished || width > 0, "its input is tokens: embed must come first");
  }

  /// The output is a stream of `next` elements per token; `cost` is added for the block.
  constexpr flow emits(idx next, const figures &cost) const {
    figures sum = total + cost;
    flow out = needs(sum.fit(), "parameters, bytes or operations of the model exceed 2^63");
    if (!out.ok())
      return out;
    out.width = next;
    out.total = sum;
    return out;
  }

  /// Requires a table of angles for a rope; equal ropes share one.
  constexpr flow rotates(const Rope &rope) const {
    for (int i = 0; i < rope_count; ++i)
      if (ropes[i] == rope)
        return *this;
    flow out = needs(rope_count < most_ropes, "more than {} different ropes in one model",
                     idx(most_ropes));
    if (out.ok())
      out.ropes[out.rope_count++] = rope;
    return out;
  }

  constexpr flow at(piece block) const {
    flow here = *this;
    here.label = block;
    return here;
  }
  /// Prefixes the name of `block` to a fault found inside it.
  constexpr flow inside(piece block) const {
    flow outer = *this;
    if (!ok())
      outer.why = why.inside(block);
    return outer;
  }
};

} // namespace cria::spec
