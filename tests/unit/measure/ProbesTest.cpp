//===- ProbesTest.cpp - The probes do the work that they are timed for ----===//
#include "measure/Probes.h"
#include "catch2/catch.hpp"
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

TEST_CASE("the read probe sums all words of its memory and none beyond") {
  driver::Jit jit = compiled();
  auto *read = jit.lookup<void(const void *, std::int64_t, void *)>("read");
  std::int64_t block = readBlock(target().info);
  REQUIRE(block % sizeof(std::uint32_t) == 0);
  for (std::int64_t blocks : {1, 2, 9}) {
    std::int64_t words = blocks * block / std::int64_t(sizeof(std::uint32_t));
    std::vector<Line> memory(std::size_t(words) / 64 + 2);
    std::uint32_t *first = memory.front().words.data(), expected = 0;
    for (std::int64_t i = 0; i < std::int64_t(memory.size()) * 64; ++i) {
      first[i] = std::uint32_t(i) * 2654435761u; // no two parts have the same sum
      expected += i < words ? first[i] : 0;
    }
    Sum<std::uint32_t> sum;
    read(first, blocks * block, &sum);
    INFO(blocks << " blocks of " << block << " bytes");
    CHECK(sum.total() == expected);
  }
}

TEST_CASE("the multiply-add probe runs every round of every chain") {
  driver::Jit jit = compiled();
  auto *multiplyAdd = jit.lookup<void(std::int64_t, void *)>("multiply_add");
  for (std::int64_t rounds : {1, 2, 7}) {
    double expected = 0; // x / 2 + 1, starting from x = i, in exact arithmetic
    for (std::int64_t i = 0; i < chains(target().info); ++i)
      expected += 2 + std::ldexp(double(i) - 2, -int(rounds));
    Sum<float> sum;
    multiplyAdd(rounds, &sum);
    INFO(rounds << " rounds");
    CHECK(sum.total() == Approx(expected * double(target().info.lanes())).epsilon(1e-5));
  }
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
    CHECK(std::isfinite(probes.readBandwidth(threads)));
    CHECK(probes.readBandwidth(threads) > 0);
    CHECK(std::isfinite(probes.multiplyAdds(threads)));
    CHECK(probes.multiplyAdds(threads) > 0);
  }
}

TEST_CASE("the buffer of the read probe exceeds all caches") {
  CHECK(Probes::beyondCaches() >= std::size_t(256) << 20);
  CHECK(Probes::beyondCaches() >= 8 * lastLevelCache());
}
