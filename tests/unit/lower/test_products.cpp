//===- test_products.cpp - Products of all machines and odd shapes --------===//
#include "Lowered.h"
#include "Machines.h"
#include "Seed.h"
#include "catch2/catch.hpp"
#include "reference/Ops.h"

using namespace cria;
using namespace cria::test;

namespace {

std::mt19937 generator(::test::seed());

/// The nearest bf16, as the units that multiply them round.
void roundToBf16(Tensor &tensor) {
  for (double &value : tensor.data) {
    auto number = float(value);
    std::uint32_t bits;
    std::memcpy(&bits, &number, 4);
    bits = (bits + 0x7fff + (bits >> 16 & 1)) & 0xffff0000;
    std::memcpy(&number, &bits, 4);
    value = number;
  }
}

/// Vectors of all widths and both numbers of registers, with caches for which a product takes many
/// cuts and panels, or one; each without and with units of bf16, in plain arithmetic.
std::vector<TargetInfo> productMachines() {
  std::vector<TargetInfo> all;
  using Features = std::vector<std::string>;
  struct Size {
    std::int64_t bits, registers;
    bool small;
  };
  for (auto [bits, registers, small] :
       {Size{128, 16, true}, Size{128, 32, false}, Size{256, 16, false}, Size{256, 32, true},
        Size{512, 16, true}, Size{512, 32, false}})
    for (auto features : {Features{}, {"emulated-dot-bf16"}, {"amx-bf16", "emulated-dot-bf16"}}) {
      TargetInfo machine;
      machine.vectorBits = bits;
      machine.vectorRegisters = registers;
      machine.l1Bytes = small ? 512 : 32 << 10;
      machine.l2Bytes = small ? 4096 : 512 << 10;
      if (features.size() > 1 && bits != 512)
        continue; // a row of a tile has 512
      machine.features = features;
      all.push_back(machine);
    }
  return all;
}

} // namespace

// Weights with more bits than bf16 are sums of several numbers of it.
TEST_CASE("products with wide weights on tensor cores") {
  auto [tokens, inputs, outputs] = GENERATE(
      table<std::int64_t, std::int64_t, std::int64_t>({{2, 32, 8}, {17, 96, 24}, {33, 160, 64}}));
  bool isF16 = GENERATE(false, true);
  INFO(tokens << "x" << inputs << "x" << outputs << (isF16 ? " of f16" : " of f32"));
  Tensor x = randomTensor(generator, {tokens, inputs});
  Tensor weight = randomTensor(generator, {outputs, inputs});
  std::vector<std::uint16_t> halves;
  for (double &value : weight.data) {
    llvm::APFloat number{float(value)};
    bool lossy = false;
    number.convert(llvm::APFloat::IEEEhalf(), llvm::APFloat::rmNearestTiesToEven, &lossy);
    halves.push_back(std::uint16_t(number.bitcastToAPInt().getZExtValue()));
    value = isF16 ? number.convertToDouble() : value;
  }
  Lowered f(fmt::format("func.func private @f(%x: {0}, %w: {1}, %o: {2}) -> {2} {{\n"
                        "  %0 = cria.linear %x, %w into %o : {0}, {1} into {2}\n"
                        "  return %0 : {2}\n}}",
                        type(x.shape), type(weight.shape, isF16 ? "f16" : "f32"),
                        type({tokens, outputs})),
            gpu());
  CHECK(f.scheduled.find("mma_bf16x3") != std::string::npos);
  Buffer input(x), weights(weight), out(Tensor({tokens, outputs}));
  f(input.data(), isF16 ? static_cast<void *>(halves.data()) : weights.data(), out.data());
  Tensor expected = reference::linear(x, weight, nullptr, nullptr, nullptr, 1);
  Tensor terms = reference::linear(absolute(x), absolute(weight), nullptr, nullptr, nullptr, 1);
  CHECK(relativeError(out.read(), expected, terms) < 1e-6);
}

// Few rows and many, a tile of every number of fragments, and more than one tile; a gain is part of
// what is multiplied.
TEST_CASE("products on tensor cores, exact and rounded") {
  auto [tokens, inputs, outputs] = GENERATE(table<std::int64_t, std::int64_t, std::int64_t>(
      {{2, 32, 8}, {17, 64, 16}, {5, 96, 24}, {33, 160, 64}, {16, 32, 136}, {130, 64, 96}}));
  bool hasGain = GENERATE(false, true), exact = GENERATE(false, true);
  INFO(tokens << "x" << inputs << "x" << outputs << (exact ? ", exact" : ", rounded"));
  TargetInfo machine = gpu();
  machine.features = {exact ? exactTensorCores.str() : "mma-bf16"};
  Tensor x = randomTensor(generator, {tokens, inputs});
  Tensor weight = randomTensor(generator, {outputs, inputs}, true);
  Tensor gain = randomTensor(generator, {inputs}, true);
  for (double &value : x.data)
    value = float(value * 1e-3); // parts of it are as small as 1e-8
  std::string gains = type({inputs}, "bf16");
  Lowered f(fmt::format("func.func private @f(%x: {0}, %w: {1}, %g: {2}, %o: {3}) -> {3} {{\n"
                        "  %0 = cria.linear %x, %w {4} into %o : {0}, {1} {5} into {3}\n"
                        "  return %0 : {3}\n}}",
                        type(x.shape), type(weight.shape, "bf16"), gains, type({tokens, outputs}),
                        hasGain ? "gain %g" : "", hasGain ? "gain " + gains : ""),
            machine);
  CHECK(f.scheduled.find(exact ? "mma_bf16x3" : "mma_bf16") != std::string::npos);
  Buffer input(x), weights(weight, true), factors(gain, true), out(Tensor({tokens, outputs}));
  f(input.data(), weights.data(), factors.data(), out.data());
  if (hasGain)
    for (std::size_t i = 0; i < x.data.size(); ++i)
      x.data[i] = float(x.data[i] * gain.data[i % std::size_t(inputs)]);
  if (!exact)
    roundToBf16(x);
  Tensor expected = reference::linear(x, weight, nullptr, nullptr, nullptr, 1);
  Tensor terms = reference::linear(absolute(x), absolute(weight), nullptr, nullptr, nullptr, 1);
  CHECK(relativeError(out.read(), expected, terms) < 2e-6);
}

TEST_CASE("products of rows with rows") {
  auto [tokens, inputs, outputs] =
      GENERATE(table<std::int64_t, std::int64_t, std::int64_t>({{1, 67, 37},
                                                                {2, 64, 16},
                                                                {3, 1, 5},
                                                                {6, 129, 33},
                                                                {7, 96, 50},
                                                                {13, 35, 64},
                                                                {65, 66, 47},
                                                                {33, 160, 80}}));
  bool bf16 = GENERATE(false, true);
  for (const TargetInfo &machine : productMachines()) {
    if (!bf16 && !machine.features.empty())
      continue;
    INFO(tokens << "x" << inputs << "x" << outputs << " on " << machine.vectorBits << " bits, "
                << machine.vectorRegisters << " registers, " << machine.l1Bytes << " bytes of L1"
                << fmt::format(", {}", fmt::join(machine.features, " ")));
    Tensor x = randomTensor(generator, {tokens, inputs});
    Tensor weight = randomTensor(generator, {outputs, inputs}, bf16);
    Lowered f(fmt::format("func.func private @f(%x: {0}, %w: {1}, %o: {2}) -> {2} {{\n"
                          "  %0 = cria.linear %x, %w into %o {{alpha = 2.0 : f64}}\n"
                          "     : {0}, {1} into {2}\n"
                          "  return %0 : {2}\n}}",
                          type(x.shape), type(weight.shape, bf16 ? "bf16" : "f32"),
                          type({tokens, outputs})),
              machine);
    if (machine.has("amx-bf16"))
      CHECK((f.scheduled.find("amx_bf16") != std::string::npos) == (tokens > 1));
    Buffer input(x), weights(weight, bf16), out(Tensor({tokens, outputs}));
    f(input.data(), weights.data(), out.data());
    if (!machine.features.empty())
      roundToBf16(x);
    Tensor expected = reference::linear(x, weight, nullptr, nullptr, nullptr, 2);
    Tensor terms = reference::linear(absolute(x), absolute(weight), nullptr, nullptr, nullptr, 2);
    CHECK(relativeError(out.read(), expected, terms) < 2e-6);
  }
}
