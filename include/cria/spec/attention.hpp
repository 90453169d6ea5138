//===- attention.hpp - Causal grouped-query attention -----------*- C++ -*-===//
#pragma once
#include "cria/spec/rope.hpp"

namespace cria::spec {

/// Grouped-query attention (Ainslie et al. 2023): each group of heads / kv_heads query heads shares
/// the keys and values of one kv head. All heads have `head_dim` elements.
struct attention {
  static constexpr const char *label = "attention";
  idx heads = 0, kv_heads = 0, head_dim = 0;
  rope position{};
  bool bias = false;
  idx no_rope_interval = 0; ///< every n-th layer of the repeat is not rotated (NoPE); 0: all are

  constexpr flow operator()(flow in) const {
    const count q = count(heads) * head_dim, kv = count(kv_heads) * head_dim;
    flow out =
        in.stream()
            .size("heads", heads, limits::inner)
            .size("kv_heads", kv_heads, limits::inner)
            .size("head_dim", head_dim, limits::inner)
            .needs(divides(kv_heads, heads), "{} query heads cannot share {} kv heads", heads,
                   kv_heads)
            .needs(q.fits && q.value <= limits::inner, "{} heads of head_dim {} exceed {} elements",
                   heads, head_dim, limits::inner)
            .needs(!in.kv_heads || (in.kv_heads == kv_heads && in.head_dim == head_dim),
                   "{} kv heads of head_dim {} do not match the cache, which has {} of {}",
                   kv_heads, head_dim, in.kv_heads, in.head_dim)
            .needs(no_rope_interval == 0 || no_rope_interval > 1,
                   "no_rope_interval {} is neither 0 nor above 1", no_rope_interval)
            .needs(no_rope_interval == 0 || in.repeated,
                   "no_rope_interval {} counts layers of a repeat, and there is none around it",
                   no_rope_interval);
    out = check_rope(out, position, head_dim);
    out.kv_heads = kv_heads;
    out.head_dim = head_dim;
    const figures rotation = cost::rope(heads, head_dim) + cost::rope(kv_heads, head_dim);
    if (!out.ok() || no_rope_interval == 0)
      return out.emits(in.width, cost_of(q, kv, in.width) + rotation);
    out.of_some = out.of_some + (in.times - in.times / no_rope_interval) * rotation;
    return out.emits(in.width, cost_of(q, kv, in.width));
  }

private:
  constexpr figures cost_of(count q, count kv, count width) const {
    return cost::linear(q, width, bias) + 2 * cost::linear(kv, width, bias) +
           2 * cost::kv_append(kv_heads, head_dim) + cost::attend(heads, head_dim) +
           cost::linear(width, q, bias);
  }
};

} // namespace cria::spec
