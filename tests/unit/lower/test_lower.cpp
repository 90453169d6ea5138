//===- test_lower.cpp - Every op, compiled, against its reference ---------===//
#include "Lowered.h"
#include "Machines.h"
#include "Seed.h"
#include "catch2/catch.hpp"
#include "reference/Ops.h"

using namespace cria;
using namespace cria::test;

namespace {

std::mt19937 generator(::test::seed());

} // namespace

TEST_CASE("embed") {
  auto [tokens, vocab, width] = GENERATE(
      table<std::int64_t, std::int64_t, std::int64_t>({{1, 7, 5}, {4, 33, 24}, {3, 100, 67}}));
  for (const TargetInfo &machine : machines()) {
    Tensor table = randomTensor(generator, {vocab, width}, true), ids({tokens});
    std::vector<std::int32_t> raw;
    for (double &id : ids.data)
      raw.push_back(std::int32_t(id = double(generator() % vocab)));
    Lowered f(fmt::format("func.func private @f(%t: {0}, %w: {1}, %o: {2}) -> {2} {{\n"
                          "  %0 = cria.embed %t, %w into %o : {0}, {1} into {2}\n"
                          "  return %0 : {2}\n}}",
                          type({tokens}, "i32"), type({vocab, width}, "bf16"),
                          type({tokens, width})),
              machine);
    Buffer weights(table, true), out(Tensor({tokens, width}));
    f(raw.data(), weights.data(), out.data());
    CHECK(relativeError(out.read(), reference::embed(ids, table)) == 0);
  }
}

TEST_CASE("rms_norm") {
  auto [tokens, width, scale] = GENERATE(table<std::int64_t, std::int64_t, double>(
      {{1, 1, 1}, {1, 24, 1}, {5, 67, 1e-4}, {3, 128, 1e4}, {2, 31, 0}}));
  for (const TargetInfo &machine : machines()) {
    Tensor x = randomTensor(generator, {tokens, width}), gain = randomTensor(generator, {width});
    for (double &value : x.data)
      value = float(value * scale);
    Lowered f(fmt::format(
                  "func.func private @f(%x: {0}, %w: {1}, %o: {0}) -> {0} {{\n"
                  "  %0 = cria.rms_norm %x, %w into %o {{eps = 1.0e-5 : f64}} : {0}, {1} into {0}\n"
                  "  return %0 : {0}\n}}",
                  type({tokens, width}), type({width})),
              machine);
    Buffer input(x), weights(gain), out(Tensor({tokens, width}));
    f(input.data(), weights.data(), out.data());
    Tensor expected = reference::rmsNorm(x, &gain, 1e-5);
    if (scale == 0) // zeros stay zeros, whatever the scale of a row of them is
      CHECK(out.read().data == expected.data);
    else
      CHECK(relativeError(out.read(), expected) < 2e-6);
  }
}

TEST_CASE("layer_norm") {
  // `mean`: of the rows, whose deviation is about `scale`.
  auto [tokens, width, scale, mean] =
      GENERATE(table<std::int64_t, std::int64_t, double, double>({{1, 1, 1, 0},
                                                                  {1, 2, 1, 0},
                                                                  {1, 24, 1, 3},
                                                                  {5, 67, 1e-4, 0},
                                                                  {3, 128, 1e4, 1e4},
                                                                  {2, 31, 0, 0}}));
  auto [gain, offset] = GENERATE(table<bool, bool>({{true, true}, {true, false}, {false, true}}));
  for (const TargetInfo &machine : machines()) {
    INFO(tokens << "x" << width << " scale " << scale << " mean " << mean);
    Tensor x = randomTensor(generator, {tokens, width});
    Tensor weight = randomTensor(generator, {width}), bias = randomTensor(generator, {width}, true);
    for (double &value : x.data)
      value = float(value * scale + mean);
    for (std::int64_t t = 0; width > 1 && t < tokens; ++t) {
      x.at(t, 0) = float(mean + scale); // no row is so flat that rounding is all of its deviation
      x.at(t, 1) = float(mean - scale);
    }
    std::string w = type({width}), b = type({width}, "bf16");
    Lowered f(fmt::format("func.func private @f(%x: {0}, %w: {1}, %b: {2}, %o: {0}) -> {0} {{\n"
                          "  %0 = cria.layer_norm %x {3} {4} into %o {{eps = 1.0e-5 : f64}}\n"
                          "    : {0} {5} {6} into {0}\n"
                          "  return %0 : {0}\n}}",
                          type(x.shape), w, b, gain ? ", %w" : "", offset ? "bias %b" : "",
                          gain ? ", " + w : "", offset ? "bias " + b : ""),
              machine);
    Buffer input(x), gains(weight), offsets(bias, true), out(Tensor(x.shape));
    f(input.data(), gains.data(), offsets.data(), out.data());
    Tensor expected =
        reference::layerNorm(x, gain ? &weight : nullptr, offset ? &bias : nullptr, 1e-5);
    Tensor terms = absolute(reference::layerNorm(x, nullptr, nullptr, 1e-5));
    for (std::size_t i = 0; i < terms.data.size(); ++i) {
      std::size_t d = i % std::size_t(width);
      terms.data[i] = terms.data[i] * (gain ? std::abs(weight.data[d]) : 1) +
                      (offset ? std::abs(bias.data[d]) : 0);
    }
    CHECK(relativeError(out.read(), expected, terms) < 3e-6);
  }
}

TEST_CASE("linear") {
  auto [tokens, inputs, outputs] = GENERATE(table<std::int64_t, std::int64_t, std::int64_t>(
      {{1, 24, 36}, {1, 1, 1}, {5, 67, 33}, {7, 3, 129}, {64, 40, 17}}));
  bool bf16 = GENERATE(false, true), bias = GENERATE(false, true);
  for (const TargetInfo &machine : machines()) {
    Tensor x = randomTensor(generator, {tokens, inputs});
    Tensor weight = randomTensor(generator, {outputs, inputs}, bf16);
    Tensor offset = randomTensor(generator, {outputs}, bf16);
    const char *storage = bf16 ? "bf16" : "f32";
    std::string b = type({outputs}, storage);
    Lowered f(fmt::format("func.func private @f(%x: {0}, %w: {1}, %b: {2}, %o: {3}) -> {3} {{\n"
                          "  %0 = cria.linear %x, %w {4} into %o : {0}, {1} {5} into {3}\n"
                          "  return %0 : {3}\n}}",
                          type({tokens, inputs}), type({outputs, inputs}, storage), b,
                          type({tokens, outputs}), bias ? "bias %b" : "", bias ? "bias " + b : ""),
              machine);
    Buffer input(x), weights(weight, bf16), offsets(offset, bf16), out(Tensor({tokens, outputs}));
    f(input.data(), weights.data(), offsets.data(), out.data());
    Tensor expected = reference::linear(x, weight, bias ? &offset : nullptr);
    Tensor offsetTerms = absolute(offset);
    Tensor terms = reference::linear(absolute(x), absolute(weight), bias ? &offsetTerms : nullptr);
    CHECK(relativeError(out.read(), expected, terms) < 2e-6);
  }
}

TEST_CASE("rotary_table") {
  auto [tokens, headDim, position] = GENERATE(
      table<std::int64_t, std::int64_t, std::int64_t>({{1, 2, 0}, {5, 16, 7}, {3, 64, 100000}}));
  using Scaling = reference::RopeScaling;
  auto [scaling, text] = GENERATE(table<Scaling, std::string>(
      {{Scaling{}, "none"},
       {Scaling{Scaling::linear, 2.5}, "linear, factor = 2.5 : f64"},
       {Scaling{Scaling::llama3, 8, 1, 4, 64},
        "llama3, factor = 8.0 : f64, low_freq_factor = 1.0 : f64, high_freq_factor = 4.0 : f64, "
        "original_context = 64"},
       {Scaling{Scaling::yarn, 4, 1, 4, 4096, 1.25, 32, 1, true},
        "yarn, factor = 4.0 : f64, original_context = 4096, attention_factor = 1.25 : f64, "
        "beta_fast = 32.0 : f64, beta_slow = 1.0 : f64"},
       {Scaling{Scaling::yarn, 16, 1, 4, 64, 1, 4, 0.5, false},
        "yarn, factor = 16.0 : f64, original_context = 64, attention_factor = 1.0 : f64, "
        "beta_fast = 4.0 : f64, beta_slow = 0.5 : f64, truncate = false"}}));
  for (const TargetInfo &machine : machines()) {
    std::string t = type({tokens, headDim / 2});
    Lowered f(fmt::format("func.func private @f(%p: index, %c: {0}, %s: {0}) -> ({0}, {0}) {{\n"
                          "  %0:2 = cria.rotary_table %p into %c, %s {{theta = 5.0e5 : f64, "
                          "scaling = #cria.rope_scaling<{1}>}} : {0}, {0}\n"
                          "  return %0#0, %0#1 : {0}, {0}\n}}",
                          t, text),
              machine);
    Buffer cos(Tensor({tokens, headDim / 2})), sin(Tensor({tokens, headDim / 2}));
    f(position, cos.data(), sin.data());
    auto expected = reference::rotaryTable(position, tokens, headDim, 5e5, scaling);
    CHECK(relativeError(cos.read(), expected.first) < 1e-6);
    CHECK(relativeError(sin.read(), expected.second) < 1e-6);
  }
}

TEST_CASE("rope") {
  auto [tokens, heads, headDim] = GENERATE(table<std::int64_t, std::int64_t, std::int64_t>(
      {{1, 1, 2}, {5, 3, 16}, {4, 9, 6}, {3, 2, 64}}));
  bool interleaved = GENERATE(false, true);
  for (const TargetInfo &machine : machines()) {
    Tensor x = randomTensor(generator, {tokens, heads, headDim});
    auto [cos, sin] = reference::rotaryTable(3, tokens, headDim, 1e4, {});
    for (Tensor *table : {&cos, &sin})
      for (double &value : table->data)
        value = float(value);
    Lowered f(fmt::format("func.func private @f(%x: {0}, %c: {1}, %s: {1}, %o: {0}) -> {0} {{\n"
                          "  %0 = cria.rope %x, %c, %s into %o {2} : {0}, {1}, {1} into {0}\n"
                          "  return %0 : {0}\n}}",
                          type(x.shape), type(cos.shape), interleaved ? "{pairing = 1 : i32}" : ""),
              machine);
    Buffer input(x), cosines(cos), sines(sin), out(Tensor(x.shape));
    f(input.data(), cosines.data(), sines.data(), out.data());
    CHECK(relativeError(out.read(), reference::rope(x, cos, sin, interleaved), x) < 1e-6);
  }
}

TEST_CASE("kv_append") {
  auto [tokens, heads, rows, headDim, position] =
      GENERATE(table<std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t>(
          {{1, 1, 1, 2, 0}, {3, 2, 17, 8, 5}, {4, 3, 9, 6, 5}}));
  bool bf16 = GENERATE(false, true);
  for (const TargetInfo &machine : machines()) {
    Tensor fresh = randomTensor(generator, {tokens, heads, headDim}, bf16);
    Tensor cache = randomTensor(generator, {heads, rows, headDim}, bf16);
    Lowered f(fmt::format("func.func private @f(%r: {0}, %p: index, %c: {1}) -> {1} {{\n"
                          "  %0 = cria.kv_append %r at %p into %c : {0} into {1}\n"
                          "  return %0 : {1}\n}}",
                          type(fresh.shape), type(cache.shape, bf16 ? "bf16" : "f32")),
              machine);
    Buffer input(fresh), out(cache, bf16);
    f(input.data(), position, out.data());
    reference::kvAppend(fresh, position, cache);
    CHECK(out.read().data == cache.data);
  }
}

TEST_CASE("gated activations") {
  auto [op, apply] = GENERATE(table<const char *, Tensor (*)(const Tensor &, const Tensor &)>(
      {{"swiglu", reference::swiglu}, {"geglu", reference::geglu}, {"reglu", reference::reglu}}));
  auto [tokens, width, scale] = GENERATE(table<std::int64_t, std::int64_t, double>(
      {{1, 1, 1}, {1, 36, 3}, {5, 67, 1}, {64, 17, 8}, {3, 33, 100}, {2, 5, 0}}));
  for (const TargetInfo &machine : machines()) {
    INFO(op << " " << tokens << "x" << width << " scale " << scale);
    Tensor gate = randomTensor(generator, {tokens, width}),
           up = randomTensor(generator, {tokens, width});
    for (double &value : gate.data)
      value = float(value * scale);
    Lowered f(fmt::format("func.func private @f(%g: {0}, %u: {0}, %o: {0}) -> {0} {{\n"
                          "  %0 = cria.{1} %g, %u into %o : {0}, {0} into {0}\n"
                          "  return %0 : {0}\n}}",
                          type(gate.shape), op),
              machine);
    Buffer g(gate), u(up), out(Tensor(gate.shape));
    f(g.data(), u.data(), out.data());
    CHECK(relativeError(out.read(), apply(gate, up)) < 1e-6);
  }
}

TEST_CASE("residual") {
  auto [tokens, width] = GENERATE(table<std::int64_t, std::int64_t>({{1, 1}, {5, 67}, {64, 48}}));
  for (const TargetInfo &machine : machines()) {
    Tensor branch = randomTensor(generator, {tokens, width});
    Tensor stream = randomTensor(generator, {tokens, width});
    Lowered f(fmt::format("func.func private @f(%b: {0}, %x: {0}) -> {0} {{\n"
                          "  %0 = cria.residual %b into %x : {0} into {0}\n"
                          "  return %0 : {0}\n}}",
                          type(branch.shape)),
              machine);
    Buffer input(branch), out(stream);
    f(input.data(), out.data());
    CHECK(relativeError(out.read(), reference::add(stream, branch)) < 1e-7);
  }
}
