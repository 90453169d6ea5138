#include "TestSupport.h"
#include "cria/spec/params.hpp"
#include "cria/spec/presets/llama3.hpp"
#include "cria/spec/to_graph.hpp"
#include "spec/Check.h"
#include "spec/Presets.h"

using namespace cria::spec;

namespace {

CRIA_MODEL(small, embed{.vocab = 100, .width = 8},
           repeat(3, residual(attention{.heads = 4, .kv_heads = 2, .head_dim = 6, .bias = true}),
                  residual(rms_norm{}, swiglu{.hidden = 10})),
           unembed{.vocab = 100, .tied = true});

/// Elements of the weights that a program binds.
idx bound(const Model &model) {
  idx elements = 0;
  for (const Param &param : parameters(model)) {
    idx product = param.count;
    for (idx size : param.shape)
      product *= size;
    elements += product;
  }
  return elements;
}

} // namespace

// A cache of keys and values: layers x 2 x kv_heads x head_dim.
static_assert(kv_cache_bytes(small, 1, f32) == 3 * 2 * 2 * 6 * 4);
static_assert(kv_cache_bytes(presets::llama3_1_8b, 131'072, bf16) == 17'179'869'184);
static_assert(weight_bytes(presets::llama3_8b, bf16) == 16'060'522'496);
// Gains stay f32.
static_assert(weight_bytes(presets::llama3_8b, q8_0) ==
              (8'030'261'248 - 65 * 4'096) / 32 * 34 + 65 * 4'096 * 4);
// q and o: 8 x 24, k and v: 8 x 12, with biases; gate, up and down: 8 x 10; a norm.
static_assert(parameters(small) ==
              100 * 8 + 3 * (2 * 8 * 24 + 24 + 8 + 2 * (8 * 12 + 12) + 3 * 8 * 10 + 8));

TEST_CASE("operations per token are those of its ops") {
  const idx linears = 2 * 2 * 8 * 24 + 24 + 8 + 2 * (2 * 8 * 12 + 12) + 3 * 2 * 8 * 10;
  const idx rope = 3 * (24 + 12), norm = 4 * 8, gate = 5 * 10, residuals = 2 * 8, tables = 3 * 3;
  const idx fixed = 3 * (linears + rope + norm + gate + residuals) + tables + 2 * 8 * 100 + 100 +
                    1; // the largest of one part, and of one
  // Scores and mixed values: a multiply-add each for every row, query head and element.
  const idx rows = 5 + 1;
  CHECK(flops_per_token(small, 5) == fixed + 3 * 4 * rows * 24);
}

TEST_CASE("bytes per token are those of the operands of its ops") {
  const idx f = 4, w = 2, c = 2;
  auto linear = [&](idx out, idx in, idx bias) { return (in + out) * f + (out * in + bias) * w; };
  const idx attention = linear(24, 8, 24) + 2 * linear(12, 8, 12) + linear(8, 24, 8) // projections
                        + (2 * 24 + 6) * f + (2 * 12 + 6) * f // rope of q and of k
                        + 2 * (12 * f + 12 * c)               // kv_append of k and of v
                        + 2 * 24 * f + 2 * 6 * 12 * c;        // attend, 5 rows and its own
  const idx feedForward = 2 * linear(10, 8, 0) + linear(8, 10, 0) + 3 * 10 * f;
  const idx norm = 2 * 8 * f + 8 * w, residual = 3 * 8 * f;
  const idx embed = 4 + 8 * w + 8 * f, table = 6 * f;
  const idx argmax = (100 + 2 + 2 + 2) * f; // logits; the best, written, read, and written
  CHECK(bytes_per_token(small, 5, bf16) == embed + table +
                                               3 * (attention + norm + feedForward + 2 * residual) +
                                               linear(100, 8, 0) + argmax);
  CHECK(bytes_per_token(small, 5, bf16, f32) ==
        bytes_per_token(small, 5, bf16) + 3 * (2 * 12 + 2 * 6 * 12) * (4 - 2));
}

TEST_CASE("parameters are the weights that a program binds") {
  for (const std::string &name : presetNames()) {
    INFO(name);
    CHECK(parameters(measure(*preset(name))) == bound(*preset(name)));
  }
  CHECK(parameters(measure(test::everyBlock())) == bound(test::everyBlock()));
}

TEST_CASE("a table of angles is shared by all attentions with the same rope") {
  Model one = *preset("llama3-8b"), two = one, three = one;
  Node branch = std::get<Repeat>(one.nodes[1]).body[0];
  two.nodes.insert(two.nodes.begin() + 1, branch);
  three.nodes.insert(three.nodes.begin() + 1, branch);
  auto &other = std::get<Residual>(three.nodes[1]);
  std::get<Attention>(other.branch[1]).rope.theta = 10;
  CHECK(flops_per_token(measure(three), 0) - flops_per_token(measure(two), 0) == 3 * 128 / 2);
}

TEST_CASE("figures of a graph equal those of the spec it came from") {
  Model graph = to_graph(small, "small");
  CHECK(flops_per_token(measure(graph), 1000) == flops_per_token(small, 1000));
  CHECK(bytes_per_token(measure(graph), 1000, f16) == bytes_per_token(small, 1000, f16));
}

TEST_CASE("figures that overflow are refused") {
  CHECK_THROWS_AS(kv_cache_bytes(small, INT64_MAX / 2, f32), std::overflow_error);
  CHECK_THROWS_AS(flops_per_token(small, INT64_MAX), std::overflow_error);
}
