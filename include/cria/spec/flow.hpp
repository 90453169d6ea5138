//===- flow.hpp - What flows through a model while it is checked *- C++ -*-===//
#pragma once
#include "cria/spec/dtype.hpp"
#include "cria/spec/fault.hpp"
#include "cria/spec/figures.hpp"
#include "cria/spec/rotary.hpp"

namespace cria::spec {

/// The largest sizes that Cria takes, of specs and of imported models alike.
namespace limits {
inline constexpr idx vocab = 1 << 24, width = 1 << 20, inner = 1 << 24, layers = 4096,
                     context = 1 << 30, nesting = 16;
} // namespace limits

/// A block's rule takes the flow that comes in and returns the one that goes out. The first
/// fault stays; after it a rule's further conditions change nothing.
struct flow {
  static constexpr int most_ropes = 4;

  idx width = 0;                  ///< elements of a token; 0: tokens, nothing is embedded yet
  bool finished = false;          ///< logits came out
  bool repeated = false;          ///< inside a repeat
  int depth = 0;                  ///< residuals and repeats around
  int repeats = 0;                ///< met so far
  idx vocab = 0, table_width = 0; ///< of embed
  idx kv_heads = 0, head_dim = 0; ///< of the cache; 0: no attention so far
  Rope ropes[most_ropes];         ///< those that differ; each has one table of angles
  int rope_count = 0;
  idx context = 4096; ///< tokens that the model was made for
  DType storage = DType::f32;
  figures total;
  fault why;
  piece label; ///< the block that is being checked

  constexpr bool ok() const { return !why; }

  /// A fault unless `condition`; each "{}" of `sentence` stands for the next of `pieces`.
  template <typename... Pieces>
  constexpr flow needs(bool condition, const char *sentence, Pieces... pieces) const {
    if (condition || !ok())
      return *this;
    flow failed = *this;
    failed.why = fault{sentence, {piece(pieces)...}, {label}, 1};
    return failed;
  }

  /// `value`, called `name` in messages, must be in 1 ... `most`.
  constexpr flow size(const char *name, idx value, idx most) const {
    return needs(value > 0, "{} {} is not positive", name, value)
        .needs(value <= most, "{} {} is more than {}", name, value, most);
  }

  /// Embedded tokens must come in.
  constexpr flow stream() const {
    return needs(!finished, "nothing can follow unembed")
        .needs(finished || width > 0, "tokens come in, but embed stands first");
  }

  /// A stream of `next` elements goes out; `cost` is what the block adds.
  constexpr flow emits(idx next, const figures &cost) const {
    figures sum = total + cost;
    flow out = needs(sum.fit(), "parameters, bytes or operations of the model pass 2^63");
    if (!out.ok())
      return out;
    out.width = next;
    out.total = sum;
    return out;
  }

  /// A table of angles is needed; one that is there already is shared.
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
  /// A fault that was found inside `block` gets its name.
  constexpr flow inside(piece block) const {
    flow outer = *this;
    if (!ok())
      outer.why = why.inside(block);
    return outer;
  }
};

} // namespace cria::spec
