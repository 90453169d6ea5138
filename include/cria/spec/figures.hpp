//===- figures.hpp - Sizes and costs of a model -----------------*- C++ -*-===//
//
// All figures are for one decoded token, op by op, and match the cost interface of the dialect
// before any fusion: operands and results of each op are in memory. A test compares the two.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "cria/spec/count.hpp"

namespace cria::spec {

/// Sums over blocks.
struct figures {
  count parameters = {};       ///< elements; a tied head has none of its own
  count weights_read = {};     ///< parameter elements read per token
  count activation_bytes = {}; ///< read and written, f32
  count cache = {};            ///< elements of keys and values stored per token
  count flops = {};            ///< independent of the context; a multiply-add is two
  count flops_per_row = {};    ///< per row of the cache that the token sees
  count vectors = {};          ///< of weights_read, and of parameters: elements of gains and biases

  friend constexpr figures operator+(const figures &a, const figures &b) {
    return {a.parameters + b.parameters,
            a.weights_read + b.weights_read,
            a.activation_bytes + b.activation_bytes,
            a.cache + b.cache,
            a.flops + b.flops,
            a.flops_per_row + b.flops_per_row,
            a.vectors + b.vectors};
  }
  friend constexpr figures operator*(count times, const figures &f) {
    return {times * f.parameters, times * f.weights_read, times * f.activation_bytes,
            times * f.cache,      times * f.flops,        times * f.flops_per_row,
            times * f.vectors};
  }
  constexpr bool fit() const {
    return parameters.fits && weights_read.fits && activation_bytes.fits && cache.fits &&
           flops.fits && flops_per_row.fits && vectors.fits;
  }
};

/// Elements of a part of the vocabulary, for the search of the largest logit: a divisor that is
/// worth a warp's or a core's while, such that the number of parts can be divided in turn, if there
/// is one.
constexpr idx argmax_part(idx vocab) {
  constexpr idx least = 256, most = 2048;
  constexpr idx multiples[] = {8, 1};
  for (idx parts : multiples)
    for (idx size = least < vocab ? least : vocab; size <= most && size <= vocab; ++size)
      if (divides(size * parts, vocab))
        return size;
  return vocab;
}

// One function per op of the dialect, for one token.
namespace cost {
inline constexpr idx f32_bytes = 4, token_bytes = 4;

constexpr figures weights(count elements) { return {elements, elements, {}, {}, {}, {}}; }
constexpr figures vectors(count elements) { return {elements, elements, {}, {}, {}, {}, elements}; }
constexpr figures moves(count elements) { return {{}, {}, elements * f32_bytes, {}, {}, {}}; }
constexpr figures operations(count flops) { return {{}, {}, {}, {}, flops, {}}; }

constexpr figures embed(count vocab, count width) {
  figures row{vocab * width, width, token_bytes, {}, {}, {}};
  return row + moves(width);
}
constexpr figures linear(count outputs, count inputs, bool bias) {
  count biases = bias ? outputs : count(0);
  return weights(outputs * inputs) + vectors(biases) + moves(inputs + outputs) +
         operations(2 * outputs * inputs + biases);
}
/// The head, whose weight is the token table.
constexpr figures tied_linear(count outputs, count inputs) {
  figures f = linear(outputs, inputs, false);
  f.parameters = 0;
  return f;
}
constexpr figures rms_norm(count width) {
  return vectors(width) + moves(2 * width) + operations(4 * width);
}
/// Mean, centring, variance (a multiply-add), scale, gain and offset.
constexpr figures layer_norm(count width) {
  return vectors(2 * width) + moves(2 * width) + operations(7 * width);
}
/// Cosines and sines of one position; a sine counts as one operation.
constexpr figures rotary_table(count head_dim) {
  count pairs = head_dim.value / 2;
  return moves(head_dim) + operations(3 * pairs);
}
constexpr figures rope(count heads, count head_dim) {
  count elements = heads * head_dim;
  return moves(2 * elements + head_dim) + operations(3 * elements);
}
/// For keys or for values.
constexpr figures kv_append(count kv_heads, count head_dim) {
  figures kept{{}, {}, {}, kv_heads * head_dim, {}, {}};
  return kept + moves(kv_heads * head_dim);
}
constexpr figures attend(count heads, count head_dim) {
  figures rows{{}, {}, {}, {}, {}, 4 * heads * head_dim};
  return rows + moves(2 * heads * head_dim);
}
/// `each`: operations per element, including the product of gate and up.
constexpr figures gate(count hidden, count each) {
  return moves(3 * hidden) + operations(each * hidden);
}
/// The largest logit of each part of the vocabulary, with its place, and then that of those.
constexpr figures argmax(idx vocab) {
  count parts = vocab > 0 ? vocab / argmax_part(vocab) : 0, places = 2 * parts;
  return moves(count(vocab) + 2 * places + 2) + operations(count(vocab) + parts);
}
constexpr figures residual(count width) { return moves(3 * width) + operations(width); }
} // namespace cost

} // namespace cria::spec
