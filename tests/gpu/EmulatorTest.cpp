//===- EmulatorTest.cpp - The emulator finds what hardware would do wrong --===//
#include "gpu/emulator/Emulator.h"
#include "catch2/catch.hpp"
#include <cmath>
#include <vector>

using namespace cria::emulator;

extern "C" void emulated_barrier_cta_sync_aligned_all(std::int32_t, std::uint32_t site);
extern "C" float emulated_shfl_sync_bfly_f32(std::int32_t, float, std::int32_t, std::int32_t,
                                             std::uint32_t site);

namespace {

constexpr unsigned threads = 64;
float workgroup[threads];

void barrier(std::uint32_t site = 0) { emulated_barrier_cta_sync_aligned_all(0, site); }
float fromLane(unsigned distance, float value) {
  return emulated_shfl_sync_bfly_f32(-1, value, std::int32_t(distance), 31, distance);
}
float *outOf(const std::uint64_t *words) { return reinterpret_cast<float *>(words[0]); }

/// What a kernel writes on one block.
std::vector<float> run(void (*body)(const std::uint64_t *), unsigned seed = 0) {
  std::vector<float> out(threads);
  std::uint64_t words[] = {reinterpret_cast<std::uint64_t>(out.data())};
  launch({body, workgroup, sizeof workgroup, 1}, {}, threads, words, seed);
  return out;
}

void reverse(const std::uint64_t *words) {
  workgroup[thread()] = float(thread());
  barrier();
  outOf(words)[thread()] = workgroup[threads - 1 - thread()];
}
void reverseWithoutBarrier(const std::uint64_t *words) {
  workgroup[thread()] = float(thread());
  outOf(words)[thread()] = workgroup[threads - 1 - thread()];
}
void sumOfWarp(const std::uint64_t *words) {
  float sum = float(thread());
  for (unsigned distance = 16; distance; distance /= 2)
    sum += fromLane(distance, sum);
  outOf(words)[thread()] = sum;
}
void barrierInHalf(const std::uint64_t *) {
  if (thread() < threads / 2)
    barrier();
}
void differentBarriers(const std::uint64_t *) { barrier(thread() == 7 ? 1 : 2); }
void shuffleInHalfAWarp(const std::uint64_t *words) {
  if (thread() % warpSize < 16)
    outOf(words)[thread()] = fromLane(1, 1);
}
void shuffleAndBarrier(const std::uint64_t *words) {
  if (thread() < warpSize)
    outOf(words)[thread()] = fromLane(1, 1);
  barrier();
}
void lastOneWins(const std::uint64_t *words) { outOf(words)[0] = float(thread()); }
void numbers(const std::uint64_t *words) {
  Dim at = block(), size = grid();
  outOf(words)[at.x + size.x * (at.y + size.y * at.z)] += float(words[1]);
}

} // namespace

TEST_CASE("kernels without faults run in every order") {
  for (unsigned seed = 0; seed < 5; ++seed) {
    std::vector<float> reversed = run(reverse, seed), sums = run(sumOfWarp, seed);
    run(shuffleAndBarrier, seed);
    for (unsigned i = 0; i < threads; ++i) {
      CHECK(reversed[i] == float(threads - 1 - i));
      CHECK(sums[i] == (i < 32 ? 496 : 1520)); // 0 + … + 31, 32 + … + 63
    }
  }
}

TEST_CASE("every block of a grid runs once") {
  std::vector<float> out(3 * 5 * 2);
  std::uint64_t words[] = {reinterpret_cast<std::uint64_t>(out.data()), 4};
  launch({numbers, nullptr, 0, 2}, {3, 5, 2}, 1, words);
  CHECK(out == std::vector<float>(out.size(), 4));
}

TEST_CASE("a missing barrier shows as memory that was not written, and as another order") {
  std::vector<float> out = run(reverseWithoutBarrier);
  CHECK(std::isnan(out[0])); // of thread 63, which has not run
  CHECK(out[threads - 1] == 0);
  CHECK(std::isnan(run(reverseWithoutBarrier, 1)[threads - 1]));
}

TEST_CASE("waiting for ever is an error") {
  using Catch::Matchers::Contains;
  for (unsigned seed : {0, 1, 2}) {
    CHECK_THROWS_WITH(run(barrierInHalf, seed), Contains("a barrier that others never reach"));
    CHECK_THROWS_WITH(run(differentBarriers, seed), Contains("waits at another barrier"));
    CHECK_THROWS_WITH(run(shuffleInHalfAWarp, seed), Contains("a shuffle that its warp never"));
  }
  CHECK_NOTHROW(run(reverse)); // after an error too
}

TEST_CASE("orders of threads differ") {
  CHECK(run(lastOneWins, 0)[0] == threads - 1);
  CHECK(run(lastOneWins, 1)[0] == 0);
}
