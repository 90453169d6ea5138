//===- TeamTest.cpp - Kernels on many threads -----------------------------===//
#include "runtime/Team.h"
#include "cria/runtime/abi.h"
#include "runtime/Threads.h"
#include <catch2/catch.hpp>
#include <set>

using cria::rt::KernelTime;
using cria::rt::Team;
using cria::rt::Worker;

namespace {

constexpr int64_t kernels = 200;

int64_t tilesOf(int64_t kernel) { return kernel * 7 % 23; } // some kernels have none

/// Tile i of a kernel reads all tiles of the one before, so a tile that runs too early, twice or
/// never shows in the result, and under ThreadSanitizer as a race.
std::vector<int64_t> runKernels(Team &team) {
  std::vector<std::vector<int64_t>> values;
  for (int64_t k = 0; k < kernels; ++k)
    values.emplace_back(static_cast<size_t>(tilesOf(k)), 0);
  team.run([&](Worker &worker, void *) {
    for (int64_t k = 0; k < kernels; ++k) {
      auto &own = values[static_cast<size_t>(k)];
      for (int64_t i; (i = cria_team_next(&worker)) < tilesOf(k);) {
        int64_t sum = 1;
        if (k)
          for (int64_t before : values[static_cast<size_t>(k - 1)])
            sum += before % 1000;
        own[static_cast<size_t>(i)] += sum + i;
      }
      cria_team_barrier(&worker, k);
    }
  });
  std::vector<int64_t> all;
  for (const auto &own : values)
    all.insert(all.end(), own.begin(), own.end());
  return all;
}

} // namespace

TEST_CASE("every tile runs once, after the kernels before it") {
  Team alone(1, 0);
  std::vector<int64_t> right = runKernels(alone);
  for (int threads : {1, 2, 3, 8, 33}) {
    Team team(threads, 0);
    CHECK(team.size() == threads);
    for (int round = 0; round < 3; ++round)
      CHECK(runKernels(team) == right);
  }
}

TEST_CASE("each thread of a team has its number and scratch memory of its own") {
  constexpr size_t bytes = 100;
  Team team(5, bytes);
  std::vector<void *> scratch(5);
  std::vector<std::thread::id> ids(5);
  team.run([&](Worker &worker, void *memory) {
    std::fill_n(static_cast<char *>(memory), bytes, static_cast<char>(worker.number));
    scratch[static_cast<size_t>(worker.number)] = memory;
    ids[static_cast<size_t>(worker.number)] = std::this_thread::get_id();
  });
  CHECK(ids[0] == std::this_thread::get_id());
  CHECK(std::set(ids.begin(), ids.end()).size() == 5);
  CHECK(std::set(scratch.begin(), scratch.end()).size() == 5);
  for (void *memory : scratch)
    CHECK(reinterpret_cast<uintptr_t>(memory) % 64 == 0);
}

TEST_CASE("a team books the time of kernels while it is asked to") {
  Team team(2, 0);
  std::vector<KernelTime> times(3);
  auto body = [](Worker &worker, void *) {
    for (int64_t kernel : {0, 2, 2, 7}) { // 7 is not in the table
      while (cria_team_next(&worker) < 4)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      cria_team_barrier(&worker, kernel);
    }
  };
  team.profile(times);
  team.run(body);
  team.profile({});
  team.run(body);
  CHECK(times[0].calls == 1);
  CHECK(times[1].calls == 0);
  CHECK(times[2].calls == 2);
  CHECK(times[0].nanoseconds >= 1'000'000);
  CHECK(times[1].nanoseconds == 0);
  CHECK(times[2].nanoseconds >= 2'000'000);
}

TEST_CASE("the number of threads is that of the thread that asks") {
  using cria::rt::threadCount;
  CHECK(cria::rt::processors() >= 1);
  int before = 0, chosen = 0, most = 0, elsewhere = 0;
  cria_code code = {};
  std::thread([&] {
    before = threadCount(code);
    cria::rt::setThreads(1);
    chosen = threadCount(code);
    cria::rt::setThreads(1024);
    most = threadCount(code);
    std::thread([&] { elsewhere = threadCount(code); }).join();
  }).join();
  CHECK(before == cria::rt::processors());
  CHECK(chosen == 1);
  CHECK(most >= before);
  CHECK(most <= static_cast<int>(std::thread::hardware_concurrency()));
  CHECK(elsewhere == cria::rt::processors());
}

TEST_CASE("models whose kernels are small run on few threads") {
  using cria::rt::threadCount;
  auto threads = [](int64_t decodeBytes, int64_t calls) {
    // A kernel that does not belong to decode does not count.
    cria_kernel kernels[] = {{"decode.qkv", calls, {decodeBytes, 0, 0, 0}, {}},
                             {"prefill.qkv", calls, {int64_t(1) << 40, 0, 0, 0}, {}}};
    cria_code code = {};
    code.kernel_count = 2;
    code.kernels = kernels;
    int count = 0; // of a thread for which no other test has set it
    std::thread([&] { count = threadCount(code); }).join();
    return count;
  };
  CHECK(threads(1000, 1) == 1);
  CHECK(threads(16'000'000, 16'000) == 1);
  CHECK(threads(int64_t(1) << 32, 16) == cria::rt::processors());
}
