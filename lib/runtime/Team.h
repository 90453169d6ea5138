//===- Team.h - The threads that compiled code runs on ----------*- C++ -*-===//
//
// All threads of a team call the same entry point. Compiled code shares its work through two
// functions (cria/runtime/abi.h): a kernel's tiles are claimed one by one, so a thread that is
// held up takes fewer; a barrier ends each kernel. A thread that waits spins for a moment, then
// sleeps, so that its core is idle and the system can move a thread there that waits for another.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "runtime/Mapping.h"
#include "runtime/Signal.h"
#include <cstddef>
#include <cstdint>
#include <span>
#include <thread>
#include <vector>

namespace cria::rt {

class Device;
class LaunchClock;
class Team;

/// What `worker` of cria/runtime/abi.h points to: one thread of a team.
struct Worker {
  Team *team = nullptr;
  int number = 0;               ///< 0 is the thread that calls `run`
  Device *device = nullptr;     ///< instead of a team, for code that launches kernels
  LaunchClock *clock = nullptr; ///< for those; null if nobody asks for times
};

/// Time spent in a kernel by a GPU, or by the first thread, waiting for the others included.
struct KernelTime {
  std::int64_t calls = 0, nanoseconds = 0;
};

class Team {
public:
  /// The calling thread and `threads` - 1 that are started here, each with `scratchBytes` bytes of
  /// its own. Throws cria::Error if the system gives no more threads or memory.
  Team(int threads, std::size_t scratchBytes);
  ~Team();
  Team(const Team &) = delete;
  Team &operator=(const Team &) = delete;

  int size() const { return static_cast<int>(workers.size()); }

  /// Calls `body(worker, scratch)` on each thread, and returns when all are done. `body` must not
  /// throw. One call at a time.
  template <typename Body>
  void run(const Body &body) {
    start([](const void *self, Worker &worker,
             void *scratch) { (*static_cast<const Body *>(self))(worker, scratch); },
          &body);
  }

  /// From now on, books the time of each kernel to `times`, which is indexed by kernel; an empty
  /// span ends it.
  void profile(std::span<KernelTime> times) { this->times = times; }

  // For cria_team_next and cria_team_barrier.
  std::int64_t nextTile();
  void barrier(const Worker &worker, std::int64_t kernel);

private:
  using Call = void(const void *body, Worker &worker, void *scratch);

  void start(Call *call, const void *body);
  void work(int number);
  void end();
  /// Waits until all threads are here; the last lets the count of tiles start again.
  void meet();
  void book(std::int64_t kernel);

  std::vector<Worker> workers;
  std::vector<Mapping> scratch; ///< one per thread
  std::vector<std::thread> threads;
  int spin;             ///< microseconds before a waiting thread sleeps
  Call *call = nullptr; ///< null: the threads end
  const void *body = nullptr;
  std::span<KernelTime> times;
  std::int64_t lastMeeting = 0; ///< nanoseconds of the steady clock
  // Each in a cache line of its own.
  alignas(64) std::atomic<std::int64_t> next = 0;
  alignas(64) std::atomic<int> arrived = 0;
  alignas(64) Signal begun; ///< a call of `run`
  alignas(64) Signal met;   ///< a barrier that all have reached
};

} // namespace cria::rt
