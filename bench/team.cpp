//===- team.cpp - What the threads of compiled code cost ------------------===//
//
// Prints, for the numbers of threads that are given (default 1 2 3 4 8):
// - barrier:  microseconds per kernel without tiles, one after the other;
// - pause:    microseconds of such a kernel after a pause of 1 ms, in which threads go to sleep;
// - step:     milliseconds of 80 kernels of 16 tiles, each of which reads 1 MiB of memory.
// --hog=CPU keeps a processor busy meanwhile, with a loop that is pinned to it.
//
//===----------------------------------------------------------------------===//
#include "runtime/Team.h"
#include "cria/runtime/abi.h"
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using cria::rt::Mapping;
using cria::rt::Team;
using cria::rt::Worker;

template <typename Body>
double microseconds(const Body &body) {
  using Clock = std::chrono::steady_clock;
  auto begin = Clock::now();
  body();
  return std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
}

/// A process that keeps one processor busy while it lives.
class Hog {
public:
  explicit Hog(int processor) : pid(fork()) {
    if (pid != 0)
      return;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(processor, &set);
    sched_setaffinity(0, sizeof set, &set);
    for (volatile bool busy = true; busy;)
      ;
  }
  ~Hog() {
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
  }
  Hog(const Hog &) = delete;
  Hog &operator=(const Hog &) = delete;

private:
  pid_t pid;
};

double barrier(Team &team) {
  constexpr int count = 1000;
  return microseconds([&] {
           team.run([](Worker &worker, void *) {
             for (int i = 0; i < count; ++i)
               cria_team_barrier(&worker, 0);
           });
         }) /
         count;
}

double afterPause(Team &team) {
  constexpr int count = 200;
  double sum = 0;
  for (int i = 0; i < count; ++i) {
    usleep(1000);
    sum += microseconds([&] { team.run([](Worker &, void *) {}); });
  }
  return sum / count;
}

constexpr int64_t kernels = 80, tiles = 16, tileWords = (1 << 20) / sizeof(uint64_t);

/// Kernels read 256 MiB of memory in turn, which no cache holds.
double step(Team &team, const Mapping &memory) {
  auto words = static_cast<int64_t>(memory.size() / sizeof(uint64_t));
  return microseconds([&] {
           team.run([&](Worker &worker, void *sink) {
             uint64_t sum = 0;
             for (int64_t k = 0; k < kernels; ++k) {
               for (int64_t tile; (tile = cria_team_next(&worker)) < tiles;) {
                 const auto *at = memory.as<uint64_t>() + (k * tiles + tile) * tileWords % words;
                 for (int64_t i = 0; i < tileWords; ++i)
                   sum += at[i];
               }
               cria_team_barrier(&worker, k);
             }
             *static_cast<uint64_t *>(sink) = sum;
           });
         }) /
         1000;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

} // namespace

int main(int argc, char **argv) {
  std::vector<int> threads;
  int hogged = -1;
  for (int i = 1; i < argc; ++i)
    if (std::strncmp(argv[i], "--hog=", 6) == 0)
      hogged = std::atoi(argv[i] + 6);
    else
      threads.push_back(std::max(1, std::atoi(argv[i])));
  if (threads.empty())
    threads = {1, 2, 3, 4, 8};

  Mapping memory = Mapping::zeros(size_t(256) << 20, "memory to read");
  std::memset(memory.data(), 1, memory.size());
  std::optional<Hog> hog;
  if (hogged >= 0)
    hog.emplace(hogged);
  // In turns, so that drift of the machine meets all alike.
  constexpr int rounds = 9;
  std::vector<std::vector<double>> steps(threads.size());
  for (int round = 0; round < rounds; ++round)
    for (size_t i = 0; i < threads.size(); ++i) {
      Team team(threads[i], sizeof(uint64_t));
      step(team, memory);
      steps[i].push_back(step(team, memory));
    }
  std::printf("threads  barrier us  pause us  step ms\n");
  for (size_t i = 0; i < threads.size(); ++i) {
    Team team(threads[i], sizeof(uint64_t));
    std::printf("%7d  %10.2f  %8.1f  %7.1f\n", threads[i], barrier(team), afterPause(team),
                median(steps[i]));
  }
}
