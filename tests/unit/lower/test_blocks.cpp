//===- test_blocks.cpp - Weights in blocks, of every storage --------------===//
#include "Lowered.h"
#include "Machines.h"
#include "Seed.h"
#include "catch2/catch.hpp"
#include "cria/runtime/abi.h"
#include "reference/Ops.h"
#include "storage/Packed.h"

using namespace cria;
using namespace cria::test;

namespace {

std::mt19937 generator(::test::seed());

/// A matrix of random bits with finite scales, and its values.
struct Blocks {
  std::vector<std::byte> bytes;
  Tensor values;

  Blocks(const storage::Storage &storage, std::vector<std::int64_t> shape) : values(shape) {
    std::int64_t count = shape[0] * shape[1];
    std::vector<float> decoded;
    decoded.resize(std::size_t(count));
    bytes.resize(std::size_t(storage.bytesOf(count)));
    std::span<float> all(decoded);
    auto elements = std::size_t(storage.elements), size = std::size_t(storage.bytes);
    for (std::size_t block = 0; block < bytes.size() / size; ++block)
      do // until no field of f16 is NaN, infinite or out of all proportion
        makeBlock(storage, &bytes[block * size], all.subspan(block * elements, elements));
      while (!std::ranges::all_of(all.subspan(block * elements, elements),
                                  [](float value) { return std::abs(value) < 1000; }));
    std::ranges::copy(decoded, values.data.begin());
  }

private:
  static void makeBlock(const storage::Storage &storage, std::byte *block,
                        std::span<float> decoded) {
    for (std::int64_t i = 0; i < storage.bytes; ++i)
      block[i] = std::byte(generator());
    storage.codec.decode(block, decoded);
  }
};

std::vector<TargetInfo> blockMachines() {
  std::vector<TargetInfo> all = machines();
  for (std::int64_t bits : {128, 256, 512}) {
    TargetInfo machine;
    machine.vectorBits = bits;
    machine.vectorRegisters = 16;
    machine.l1Bytes = 512;
    machine.l2Bytes = 4096;
    machine.prefetchBytes = bits == 256 ? 1024 : 0;
    all.push_back(machine);
  }
  return all;
}

/// Machines that multiply integers: by plain arithmetic, and by what this CPU has for it.
std::vector<TargetInfo> integerMachines() {
  std::vector<TargetInfo> all;
  for (std::int64_t bits : {128, 256, 512}) {
    TargetInfo machine;
    machine.vectorBits = bits;
    machine.l1Bytes = 512;
    machine.l2Bytes = 4096;
    machine.prefetchBytes = bits == 256 ? 1024 : 0;
    machine.features = {"emulated-dot-int8"};
    all.push_back(machine);
  }
  auto add = [&](const std::string &feature, std::int64_t bits) {
    TargetInfo machine = all[1];
    machine.vectorBits = bits;
    machine.features = {feature};
    machine.l1Bytes = 32 << 10; // several groups to a panel
    machine.l2Bytes = 1 << 20;
    all.push_back(machine);
  };
  TargetInfo native = driver::makeTarget("native", "native").info;
  for (auto [feature, bits] : {std::pair("dotprod", 128), std::pair("avx2", 256),
                               std::pair("avxvnni", 256), std::pair("avx512vnni", 512)})
    if (native.has(feature))
      add(feature, bits);
  return all;
}

/// The values of activations that are rounded to 8 bits, in groups of 32.
Tensor roundToInt8(Tensor x) {
  constexpr std::size_t group = 32;
  for (std::size_t first = 0; first < x.data.size(); first += group) {
    float greatest = 0;
    for (std::size_t i = first; i < first + group; ++i)
      greatest = std::max(greatest, std::abs(float(x.data[i])));
    float d = greatest * (1.0f / 127), inverse = greatest == 0 ? 0 : 127 / greatest;
    for (std::size_t i = first; i < first + group; ++i)
      x.data[i] = double(d) * std::nearbyint(float(x.data[i]) * inverse);
  }
  return x;
}

std::string blockType(const storage::Storage &storage, bool packed = false) {
  return "!cria.block<" + std::string(storage.word) + (packed ? ", packed>" : ">");
}

/// The same rows, packed.
std::vector<std::byte> pack(const storage::Storage &storage, const Blocks &rows) {
  std::int64_t width = rows.values.shape[1];
  auto size = std::size_t(storage::packedRows * storage.bytesOf(width));
  std::vector<std::byte> packed(rows.bytes.size());
  for (std::size_t at = 0; at < packed.size(); at += size)
    storage::packRows(storage, width, std::span(rows.bytes).subspan(at, size), &packed[at]);
  return packed;
}

/// Compiling takes long: every second machine, others for other storages and shapes, and all for
/// the one whose tiles have more rows than registers.
bool isTried(std::size_t storage, std::size_t machine, std::int64_t tokens) {
  return tokens == 65 || (storage + machine + std::size_t(tokens)) % 2 == 0;
}

/// x · weightᵀ, as it is lowered for `machine`.
Tensor product(const TargetInfo &machine, const Tensor &x, const storage::Storage &storage,
               const Blocks &weight, bool packed = false) {
  std::vector<std::int64_t> shape{x.shape[0], weight.values.shape[0]};
  Lowered f(fmt::format("func.func private @f(%x: {0}, %w: {1}, %o: {2}) -> {2} {{\n"
                        "  %0 = cria.linear %x, %w into %o : {0}, {1} into {2}\n"
                        "  return %0 : {2}\n}}",
                        type(x.shape),
                        type(weight.values.shape, blockType(storage, packed).c_str()), type(shape)),
            machine);
  Buffer input(x), out{Tensor(shape)};
  std::vector<std::byte> bytes = packed ? pack(storage, weight) : weight.bytes;
  f(input.data(), bytes.data(), out.data());
  return out.read();
}

} // namespace

TEST_CASE("products with weights in blocks, on all machines and odd shapes") {
  auto [tokens, blocks, outputs] = GENERATE(table<std::int64_t, std::int64_t, std::int64_t>(
      {{1, 1, 37}, {2, 3, 16}, {3, 1, 5}, {6, 2, 33}, {7, 5, 1}, {13, 2, 64}, {65, 3, 47}}));
  for (const auto &[row, storage] : llvm::enumerate(storage::storages())) {
    if (!storage.isBlock())
      continue;
    std::int64_t inputs = blocks * storage.elements;
    Tensor x = randomTensor(generator, {tokens, inputs});
    Blocks weight(storage, {outputs, inputs});
    for (auto [number, machine] : llvm::enumerate(blockMachines())) {
      if (!isTried(row, number, tokens))
        continue;
      INFO(storage.word << ", " << tokens << "x" << inputs << "x" << outputs << " on "
                        << machine.vectorBits << " bits");
      Tensor found = product(machine, x, storage, weight);
      Tensor expected = reference::linear(x, weight.values, nullptr, nullptr, nullptr, 1);
      Tensor terms =
          reference::linear(absolute(x), absolute(weight.values), nullptr, nullptr, nullptr, 1);
      CHECK(relativeError(found, expected, terms) < 2e-6);
    }
  }
}

TEST_CASE("products of integers with weights in blocks, of few rows and many") {
  auto [tokens, blocks, outputs] = GENERATE(table<std::int64_t, std::int64_t, std::int64_t>(
      {{1, 1, 37}, {2, 3, 16}, {3, 1, 5}, {6, 2, 33}, {7, 5, 1}, {13, 2, 64}, {65, 3, 47}}));
  for (const auto &[row, storage] : llvm::enumerate(storage::storages())) {
    if (!storage.isBlock())
      continue;
    std::int64_t inputs = blocks * storage.elements;
    Tensor x = randomTensor(generator, {tokens, inputs});
    std::fill_n(x.data.begin(), 32, 0.0); // a group that has no greatest
    Blocks weight(storage, {outputs, inputs});
    Tensor rounded = roundToInt8(x);
    Tensor expected = reference::linear(rounded, weight.values, nullptr, nullptr, nullptr, 1);
    Tensor terms =
        reference::linear(absolute(rounded), absolute(weight.values), nullptr, nullptr, nullptr, 1);
    for (auto [number, machine] : llvm::enumerate(integerMachines())) {
      if (!isTried(row, number, tokens))
        continue;
      INFO(storage.word << ", " << tokens << "x" << inputs << "x" << outputs << " on "
                        << machine.vectorBits << " bits, " << machine.features[0]);
      Tensor found = product(machine, x, storage, weight);
      CHECK(relativeError(found, expected, terms) < 5e-6);
    }
  }
}

TEST_CASE("products of integers with packed weights, of few rows and many") {
  auto [tokens, blocks, outputs] = GENERATE(table<std::int64_t, std::int64_t, std::int64_t>(
      {{1, 3, 40}, {3, 1, 8}, {6, 2, 24}, {33, 3, 56}}));
  for (const auto &[row, storage] : llvm::enumerate(storage::storages())) {
    if (!storage.isBlock())
      continue;
    Tensor x = randomTensor(generator, {tokens, blocks * storage.elements});
    Blocks weight(storage, {outputs, x.shape[1]});
    for (auto [number, machine] : llvm::enumerate(integerMachines())) {
      if (!isTried(row, number, tokens))
        continue;
      INFO(storage.word << ", " << tokens << "x" << x.shape[1] << "x" << outputs << " on "
                        << machine.vectorBits << " bits, " << machine.features[0]);
      Tensor plain = product(machine, x, storage, weight),
             found = product(machine, x, storage, weight, /*packed=*/true);
      Tensor terms =
          reference::linear(absolute(x), absolute(weight.values), nullptr, nullptr, nullptr, 1);
      CHECK(relativeError(found, plain, terms) < 5e-6);
    }
  }
}

TEST_CASE("a token that is not finite has no finite products of integers") {
  for (double poison : {std::nan(""), std::numeric_limits<double>::infinity()})
    for (const TargetInfo &machine : integerMachines()) {
      INFO(poison << " on " << machine.features[0]);
      Tensor x = randomTensor(generator, {2, 64});
      x.data[70] = poison;
      const storage::Storage &storage = storage::storageOf(CRIA_Q8_0);
      Tensor found = product(machine, x, storage, Blocks(storage, {3, 64}));
      for (std::size_t i = 0; i < 6; ++i)
        CHECK(std::isfinite(found.data[i]) == (i < 3));
    }
}

TEST_CASE("rows of a table in blocks") {
  for (const storage::Storage &storage : storage::storages()) {
    if (!storage.isBlock())
      continue;
    INFO(storage.word);
    std::int64_t tokens = 5, vocab = 33, width = 2 * storage.elements;
    Blocks table(storage, {vocab, width});
    Tensor ids({tokens});
    std::vector<std::int32_t> raw;
    for (double &id : ids.data)
      raw.push_back(std::int32_t(id = double(generator() % std::uint64_t(vocab))));
    for (const TargetInfo &machine : blockMachines()) {
      Lowered f(fmt::format("func.func private @f(%t: {0}, %w: {1}, %o: {2}) -> {2} {{\n"
                            "  %0 = cria.embed %t, %w into %o : {0}, {1} into {2}\n"
                            "  return %0 : {2}\n}}",
                            type({tokens}, "i32"), type({vocab, width}, blockType(storage).c_str()),
                            type({tokens, width})),
                machine);
      Buffer out(Tensor({tokens, width}));
      f(raw.data(), table.bytes.data(), out.data());
      CHECK(relativeError(out.read(), reference::embed(ids, table.values)) == 0);
    }
  }
}
