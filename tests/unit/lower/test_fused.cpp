//===- test_fused.cpp - What fusions make of ops, against the reference ---===//
#include "Lowered.h"
#include "Machines.h"
#include "Seed.h"
#include "catch2/catch.hpp"
#include "reference/Ops.h"
#include <fmt/format.h>

using namespace cria;
using namespace cria::test;

namespace {

std::mt19937 generator(::test::seed());

} // namespace

TEST_CASE("linear with a gain, a scale and a factor") {
  auto [tokens, inputs, outputs] = GENERATE(table<std::int64_t, std::int64_t, std::int64_t>(
      {{1, 24, 36}, {1, 1, 1}, {5, 67, 33}, {7, 3, 129}, {64, 40, 17}, {3, 2500, 5}}));
  bool bf16 = GENERATE(false, true), bias = GENERATE(false, true);
  for (TargetInfo machine : {TargetInfo{256, 16, 64, 256}, TargetInfo{128, 32, 1 << 30, 1 << 30}}) {
    Tensor x = randomTensor(generator, {tokens, inputs});
    Tensor weight = randomTensor(generator, {outputs, inputs}, bf16);
    Tensor gain = randomTensor(generator, {inputs}, bf16);
    Tensor scale = randomTensor(generator, {tokens}), offset = randomTensor(generator, {outputs});
    const char *storage = bf16 ? "bf16" : "f32";
    std::string g = type({inputs}, storage), s = type({tokens}), b = type({outputs});
    Lowered f(
        fmt::format(
            "func.func private @f(%x: {0}, %w: {1}, %b: {2}, %g: {3}, %s: {4}, %o: {5}) -> {5} {{\n"
            "  %0 = cria.linear %x, %w {6} gain %g scale %s into %o {{alpha = -0.3 : f64}}\n"
            "    : {0}, {1} {7} gain {3} scale {4} into {5}\n"
            "  return %0 : {5}\n}}",
            type({tokens, inputs}), type({outputs, inputs}, storage), b, g, s,
            type({tokens, outputs}), bias ? "bias %b" : "", bias ? "bias " + b : ""),
        machine);
    Buffer input(x), weights(weight, bf16), gains(gain, bf16), scales(scale), offsets(offset);
    Buffer out(Tensor({tokens, outputs}));
    f(input.data(), weights.data(), offsets.data(), gains.data(), scales.data(), out.data());
    Tensor expected = reference::linear(x, weight, bias ? &offset : nullptr, &gain, &scale, -0.3);
    Tensor offsetTerms = absolute(offset), gainTerms = absolute(gain), scaleTerms = absolute(scale);
    Tensor terms = reference::linear(absolute(x), absolute(weight), bias ? &offsetTerms : nullptr,
                                     &gainTerms, &scaleTerms, 0.3);
    CHECK(relativeError(out.read(), expected, terms) < 2e-6);
  }
}

TEST_CASE("rms_scale") {
  auto [tokens, width] = GENERATE(table<std::int64_t, std::int64_t>({{1, 1}, {5, 67}, {64, 128}}));
  for (TargetInfo machine : {TargetInfo{256, 16, 64, 256}, TargetInfo{128, 32, 1 << 30, 1 << 30}}) {
    Tensor x = randomTensor(generator, {tokens, width});
    Lowered f(fmt::format("func.func private @f(%x: {0}, %o: {1}) -> {1} {{\n"
                          "  %0 = cria.rms_scale %x into %o {{eps = 1.0e-5 : f64}} : {0} into {1}\n"
                          "  return %0 : {1}\n}}",
                          type({tokens, width}), type({tokens})),
              machine);
    Buffer input(x), out(Tensor({tokens}));
    f(input.data(), out.data());
    CHECK(relativeError(out.read(), reference::rmsScale(x, 1e-5)) < 1e-6);
  }
}

// The product is computed on activations before normalisation. Large and small activations, a row
// of zeros, and one element that dwarfs its row must not cost accuracy. The bound is relative to
// the magnitudes of the terms of each output.
TEST_CASE("a norm fused into a linear") {
  constexpr std::int64_t inputs = 203, outputs = 37;
  std::int64_t tokens = GENERATE(1, 6);
  double magnitude = GENERATE(1.0, 1e-6, 1e4);
  bool outlier = GENERATE(false, true);
  for (TargetInfo machine :
       {TargetInfo{256, 16, 64, 256}, TargetInfo{128, 32, 1 << 30, 1 << 30}, gpu(), gpu("rocdl")}) {
    Tensor x = randomTensor(generator, {tokens, inputs}), gain = randomTensor(generator, {inputs});
    Tensor weight = randomTensor(generator, {outputs, inputs});
    for (double &value : x.data)
      value = float(value * magnitude);
    if (outlier)
      x.at(tokens - 1, 17) = float(1e6 * magnitude);
    if (tokens > 1)
      for (std::int64_t d = 0; d < inputs; ++d)
        x.at(1, d) = 0;
    std::string io = type({tokens, inputs}), o = type({tokens, outputs});
    Lowered f(fmt::format(
                  "func.func private @f(%x: {0}, %g: {1}, %w: {2}, %o: {3}) -> {3} {{\n"
                  "  %e = tensor.empty() : {0}\n"
                  "  %n = cria.rms_norm %x, %g into %e {{eps = 1.0e-5 : f64}} : {0}, {1} into {0}\n"
                  "  %0 = cria.linear %n, %w into %o : {0}, {2} into {3}\n"
                  "  return %0 : {3}\n}}",
                  io, type({inputs}), type({outputs, inputs}), o),
              machine);
    CHECK(f.fused.find("cria.rms_scale") != std::string::npos);
    Buffer input(x), gains(gain), weights(weight), out(Tensor({tokens, outputs}));
    f(input.data(), gains.data(), weights.data(), out.data());
    Tensor found = out.read(), normed = reference::rmsNorm(x, &gain, 1e-5);
    Tensor expected = reference::linear(normed, weight, nullptr);
    for (std::int64_t t = 0; t < tokens; ++t)
      for (std::int64_t n = 0; n < outputs; ++n) {
        double terms = 0;
        for (std::int64_t k = 0; k < inputs; ++k)
          terms += std::abs(normed.at(t, k) * weight.at(n, k));
        CHECK(std::abs(found.at(t, n) - expected.at(t, n)) <= 2e-6 * terms);
      }
  }
}

TEST_CASE("a gate fused into its projections") {
  auto [op, apply] = GENERATE(table<const char *, Tensor (*)(const Tensor &, const Tensor &)>(
      {{"swiglu", reference::swiglu}, {"geglu", reference::geglu}, {"reglu", reference::reglu}}));
  auto [tokens, inputs, hidden] = GENERATE(table<std::int64_t, std::int64_t, std::int64_t>(
      {{1, 24, 36}, {1, 1, 1}, {5, 67, 33}, {7, 3, 129}}));
  for (TargetInfo machine :
       {TargetInfo{256, 16, 64, 256}, TargetInfo{128, 32, 1 << 30, 1 << 30}, gpu(), gpu("rocdl")}) {
    INFO(op << " " << tokens << "x" << inputs << "x" << hidden);
    Tensor x = randomTensor(generator, {tokens, inputs});
    Tensor gate = randomTensor(generator, {hidden, inputs}),
           up = randomTensor(generator, {hidden, inputs});
    std::string o = type({tokens, hidden});
    Lowered f(fmt::format("func.func private @f(%x: {0}, %g: {1}, %u: {1}, %o: {2}) -> {2} {{\n"
                          "  %e = tensor.empty() : {2}\n"
                          "  %0 = cria.linear %x, %g into %e : {0}, {1} into {2}\n"
                          "  %1 = cria.linear %x, %u into %e : {0}, {1} into {2}\n"
                          "  %2 = cria.{3} %0, %1 into %o : {2}, {2} into {2}\n"
                          "  return %2 : {2}\n}}",
                          type({tokens, inputs}), type({hidden, inputs}), o, op),
              machine);
    CHECK(f.fused.find(fmt::format("cria.kernel \"linear+{}\"", op)) != std::string::npos);
    Buffer input(x), gates(gate), ups(up), out(Tensor({tokens, hidden}));
    f(input.data(), gates.data(), ups.data(), out.data());
    Tensor expected = apply(reference::linear(x, gate, nullptr), reference::linear(x, up, nullptr));
    CHECK(relativeError(out.read(), expected) < 3e-6);
  }
}
