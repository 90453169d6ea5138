//===- EmulatorTest.cpp - The emulator finds what hardware would do wrong --===//
#include "gpu/emulator/Emulator.h"
#include "catch2/catch.hpp"
#include <bit>
#include <cmath>
#include <vector>

using namespace cria::emulator;

extern "C" void emulated_barrier_cta_sync_aligned_all(std::int32_t, std::uint32_t site);
extern "C" float emulated_shfl_sync_bfly_f32(std::int32_t, float, std::int32_t, std::int32_t,
                                             std::uint32_t site);

extern "C" void emulated_mma_m16n8k16_row_col_bf16(std::uint32_t, std::uint32_t, std::uint32_t,
                                                   std::uint32_t, std::uint32_t, std::uint32_t,
                                                   float, float, float, float, std::uint32_t site,
                                                   float *out);
extern "C" std::uint32_t emulated_mbcnt_lo(std::uint32_t mask, std::uint32_t base);
extern "C" std::uint32_t emulated_mbcnt_hi(std::uint32_t mask, std::uint32_t base);
extern "C" std::uint32_t emulated_ds_bpermute(std::uint32_t, std::uint32_t, std::uint32_t site);

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
unsigned laneOfWave() { return emulated_mbcnt_hi(~0U, emulated_mbcnt_lo(~0U, 0)); }
float fromWave(unsigned distance, float value) {
  return std::bit_cast<float>(emulated_ds_bpermute((laneOfWave() ^ distance) * 4,
                                                   std::bit_cast<std::uint32_t>(value), distance));
}
void sumOfHalfAWave(const std::uint64_t *words) {
  float sum = float(laneOfWave());
  for (unsigned distance = 16; distance; distance /= 2)
    sum += fromWave(distance, sum);
  outOf(words)[thread()] = sum;
}
void sumOfAWave(const std::uint64_t *words) { outOf(words)[thread()] = fromWave(32, 1); }
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
/// Elements of matrices 16 x 16 and 16 x 8, which bf16 holds, and of their product.
float left(unsigned row, unsigned k) { return float(row) - 2 * float(k); }
float right(unsigned k, unsigned column) { return float(k * k % 7) + float(column); }
float productOf(unsigned row, unsigned column) {
  float sum = 0;
  for (unsigned k = 0; k < 16; ++k)
    sum += left(row, k) * right(k, column);
  return sum;
}

/// Two neighbours in one word.
std::uint32_t pair(float low, float high) {
  return std::bit_cast<std::uint32_t>(low) >> 16 |
         (std::bit_cast<std::uint32_t>(high) & 0xffff0000U);
}

/// A warp's product, added to the number of the element, row by row.
void product(const std::uint64_t *words) {
  unsigned lane = thread() % warpSize, row = lane / 4, at = lane % 4 * 2;
  auto a = [&](unsigned down, unsigned k) {
    return pair(left(row + down, k), left(row + down, k + 1));
  };
  auto b = [&](unsigned k) { return pair(right(k, row), right(k + 1, row)); };
  float first = float(row * 8 + at), sums[4];
  emulated_mma_m16n8k16_row_col_bf16(a(0, at), a(8, at), a(0, at + 8), a(8, at + 8), b(at),
                                     b(at + 8), first, first + 1, first + 64, first + 65, 0, sums);
  for (unsigned i = 0; i < 4; ++i)
    outOf(words)[(row + i / 2 * 8) * 8 + at + i % 2] = sums[i];
}
void productOfHalfAWarp(const std::uint64_t *words) {
  if (thread() % warpSize < 16)
    product(words);
}
void numbers(const std::uint64_t *words) {
  Dim at = block(), size = grid();
  outOf(words)[at.x + size.x * (at.y + size.y * at.z)] += float(words[1]);
}

} // namespace

TEST_CASE("kernels without faults run in every order") {
  for (unsigned seed = 0; seed < 5; ++seed) {
    std::vector<float> reversed = run(reverse, seed), sums = run(sumOfWarp, seed),
                       halves = run(sumOfHalfAWave, seed);
    run(shuffleAndBarrier, seed);
    for (unsigned i = 0; i < threads; ++i) {
      CHECK(reversed[i] == float(threads - 1 - i));
      CHECK(sums[i] == (i < 32 ? 496 : 1520)); // 0 + … + 31, 32 + … + 63
      CHECK(halves[i] == sums[i]);
    }
  }
}

TEST_CASE("a warp multiplies matrices") {
  for (unsigned seed = 0; seed < 3; ++seed) {
    std::vector<float> out(16 * 8);
    std::uint64_t words[] = {reinterpret_cast<std::uint64_t>(out.data())};
    launch({product, workgroup, sizeof workgroup, 1}, {}, warpSize, words, seed);
    for (unsigned i = 0; i < out.size(); ++i)
      CHECK(out[i] == productOf(i / 8, i % 8) + float(i));
    CHECK_THROWS_WITH(
        launch({productOfHalfAWarp, workgroup, sizeof workgroup, 1}, {}, warpSize, words, seed),
        Catch::Matchers::Contains("a shuffle that its warp never"));
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

TEST_CASE("half a wave is a warp") {
  CHECK_THROWS_WITH(run(sumOfAWave), Catch::Matchers::Contains("the other half of its wave"));
}

TEST_CASE("orders of threads differ") {
  CHECK(run(lastOneWins, 0)[0] == threads - 1);
  CHECK(run(lastOneWins, 1)[0] == 0);
}
