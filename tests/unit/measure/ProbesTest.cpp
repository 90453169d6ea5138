//===- ProbesTest.cpp - The probes do the work that they are timed for ----===//
#include "measure/Probes.h"
#include "amx/EmulatedTiles.h"
#include "catch2/catch.hpp"
#include "driver/Codegen.h"
#include "measure/Caches.h"
#include "measure/ProbeCode.h"
#include <array>
#include <atomic>
#include <cmath>
#include <numeric>

using namespace cria;
using namespace cria::measure;

namespace {

const driver::Target &target() {
  static auto *target = new driver::Target(driver::makeTarget("native", "native"));
  return *target;
}

driver::Jit compiled() {
  driver::LlvmCode code = probeCode(target());
  return {std::move(code.module), std::move(code.context), target()};
}

/// Holds the widest vector of T.
template <class T>
struct alignas(256) Sum {
  std::array<T, 256 / sizeof(T)> lanes{};
  T total() const { return std::accumulate(lanes.begin(), lanes.end(), T()); }
};

struct alignas(256) Line {
  std::array<std::uint32_t, 64> words;
};

} // namespace

TEST_CASE("each way of reading sums all words of its memory and none beyond") {
  driver::Jit jit = compiled();
  for (const ReadWay &way : readWays())
    for (std::int64_t blocks : {1, 2, 9}) {
      auto *read = jit.lookup<void(const void *, std::int64_t, void *)>(way.function());
      std::int64_t words = blocks * readBlock / std::int64_t(sizeof(std::uint32_t));
      std::vector<Line> memory(std::size_t(words) / 64 + 2);
      std::uint32_t *first = memory.front().words.data(), expected = 0;
      for (std::int64_t i = 0; i < std::int64_t(memory.size()) * 64; ++i) {
        first[i] = std::uint32_t(i) * 2654435761u; // no two parts have the same sum
        expected += i < words ? first[i] : 0;
      }
      Sum<std::uint32_t> sum;
      read(first, blocks * readBlock, &sum);
      INFO(way.function() << ": " << blocks << " blocks");
      CHECK(sum.total() == expected);
    }
}

TEST_CASE("the probe of each unit runs every round of every chain") {
  driver::Jit jit = compiled();
  REQUIRE(!unitForms(target()).empty());
  for (const UnitForm &form : unitForms(target())) {
    if (form.ofTiles())
      continue; // the next test
    for (std::int64_t rounds : {1, 2, 7}) {
      auto *unit = jit.lookup<void(std::int64_t, void *)>(form.function());
      INFO(form.function() << ": " << rounds << " rounds");
      double lanes = double(form.bits) / 32, expected = 0;
      for (std::int64_t i = 0; i < chains(target().info); ++i)
        expected += form.operand == Operand::f32
                        ? 2 + std::ldexp(double(i) - 2, -int(rounds))       // x / 2 + 1, from x = i
                        : double(i) + double(rounds * form.operations) / 2; // products of ones
      Sum<float> floats;
      Sum<std::int32_t> integers;
      bool whole = form.operand == Operand::int8;
      unit(rounds, whole ? static_cast<void *>(&integers) : &floats);
      CHECK((whole ? double(integers.total()) : double(floats.total())) ==
            Approx(expected * lanes).epsilon(1e-5));
    }
  }
}

TEST_CASE("the probe of tiles keeps all of them in registers") {
  driver::Target target = driver::makeTarget("x86_64-linux-gnu", "sapphirerapids");
  driver::LlvmCode code = probeCode(target);
  std::string text = driver::generateAssembly(*code.module, target);
  auto count = [&](const char *instruction) { return llvm::StringRef(text).count(instruction); };
  CHECK(count("\ttdpbf16ps\t") == 4);
  CHECK(count("\ttilezero\t") == 4);
  CHECK(count("\ttilestored\t") == 4);
  CHECK(count("\ttileloadd\t") == 2);
  CHECK(count("\tldtilecfg\t") == 1);
  CHECK(count("\ttilerelease") == 1);
}

TEST_CASE("the probe of tiles runs every round of every chain, here without them") {
  std::vector<UnitForm> forms = unitForms(driver::makeTarget("x86_64-linux-gnu", "sapphirerapids"));
  auto form = std::ranges::find_if(forms, &UnitForm::ofTiles);
  REQUIRE(form != forms.end());
  driver::LlvmCode code = probeCode(target());
  if (!code.module->getFunction(form->function()))
    addUnit(*code.module, target().info, *form);
  emulator::emulateTiles(*code.module);
  driver::Jit jit(std::move(code.module), std::move(code.context), target());
  auto *unit = jit.lookup<void(std::int64_t, void *)>(form->function());
  for (std::int64_t rounds : {1, 2, 7}) {
    std::array<float, 1024> sums{};
    unit(rounds, sums.data());
    double each = double(rounds * form->operations) / 2; // products of ones
    CHECK(std::ranges::count(sums, float(each)) == 256 * chains(target().info, *form));
    CHECK(form->operationsPerVector() == 256 * form->operations);
  }
}

TEST_CASE("weights are limited by units that multiply them, whatever else the machine has") {
  Probes probes(target(), /*bufferBytes=*/1 << 20);
  auto operand = [&](spec::DType type) {
    return probes.fastestUnit(storage::storageOf(std::int64_t(type))).operand;
  };
  CHECK(operand(spec::DType::f32) == Operand::f32);
  CHECK(operand(spec::DType::f16) == Operand::f32);
  CHECK(operand(spec::DType::bf16) != Operand::int8);
  CHECK(operand(spec::DType::q4_0) != Operand::bf16);
}

TEST_CASE("a team runs each part once, each on a thread of its own") {
  Team team;
  team.resize(3);
  CHECK(team.size() == 3);
  for (int parts : {1, 3}) {
    std::vector<std::atomic<int>> runs(static_cast<std::size_t>(parts));
    team.run(parts, [&](int part) { ++runs[std::size_t(part)]; });
    for (auto &count : runs)
      CHECK(count == 1);
  }
}

TEST_CASE("probes give rates for any number of threads") {
  Probes probes(target(), /*bufferBytes=*/1 << 20);
  CHECK(probes.bufferBytes() >= 1 << 20);
  for (int threads : {1, 2, 3}) {
    INFO(threads << " threads");
    std::vector<double> rates = probes.readRates(threads);
    CHECK(rates.size() == readWays().size());
    for (double rate : rates)
      CHECK((std::isfinite(rate) && rate > 0));
    for (const UnitForm &unit : probes.units())
      CHECK((std::isfinite(probes.peak(unit, threads)) && probes.peak(unit, threads) > 0));
  }
}

TEST_CASE("the buffer of the read probe exceeds all caches") {
  CHECK(Probes::beyondCaches() >= std::size_t(256) << 20);
  CHECK(Probes::beyondCaches() >= 8 * lastLevelCache());
}
