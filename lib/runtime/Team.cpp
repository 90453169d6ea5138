//===- Team.cpp - The threads that compiled code runs on ------------------===//
#include "runtime/Team.h"
#include "cria/runtime/abi.h"
#include "runtime/Fail.h"
#include "runtime/Threads.h"
#include <chrono>
#include <system_error>

namespace cria::rt {
namespace {

/// Longer than most waits between kernels, shorter than a time slice of a thread that is held up.
constexpr int spinMicroseconds = 50;

std::int64_t nanoseconds() {
  auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

} // namespace

// More threads than processors wait for one that does not run: they must not keep it from running.
Team::Team(int count, std::size_t scratchBytes)
    : spin(count <= processors() ? spinMicroseconds : 0) {
  for (int i = 0; i < count; ++i) {
    workers.push_back({this, i});
    scratch.push_back(Mapping::zeros(scratchBytes, "scratch memory of a thread"));
  }
  try {
    for (int i = 1; i < count; ++i)
      threads.emplace_back([this, i] { work(i); });
  } catch (const std::system_error &error) {
    end();
    fail("cannot start {} threads: {}", count, error.what());
  }
}

Team::~Team() { end(); }

void Team::end() {
  call = nullptr;
  begun.raise();
  for (std::thread &thread : threads)
    thread.join();
}

void Team::work(int number) {
  auto self = static_cast<std::size_t>(number);
  for (std::uint32_t seen = 0;; ++seen) {
    begun.wait(seen, spin);
    if (!call)
      return;
    call(body, workers[self], scratch[self].data());
    meet();
  }
}

void Team::start(Call *newCall, const void *newBody) {
  call = newCall;
  body = newBody;
  if (!times.empty())
    lastMeeting = nanoseconds();
  if (!threads.empty())
    begun.raise();
  call(body, workers[0], scratch[0].data());
  meet();
}

std::int64_t Team::nextTile() { return next.fetch_add(1, std::memory_order_relaxed); }

void Team::barrier(const Worker &worker, std::int64_t kernel) {
  meet();
  if (worker.number == 0 && !times.empty())
    book(kernel);
}

void Team::meet() {
  std::uint32_t seen = met.now();
  // Each arrival passes on what the thread wrote, and the last one has it all.
  if (arrived.fetch_add(1, std::memory_order_acq_rel) + 1 < size())
    return met.wait(seen, spin);
  arrived.store(0, std::memory_order_relaxed);
  next.store(0, std::memory_order_relaxed);
  if (!threads.empty())
    met.raise();
}

void Team::book(std::int64_t kernel) {
  std::int64_t now = nanoseconds();
  if (kernel >= 0 && static_cast<std::size_t>(kernel) < times.size()) {
    KernelTime &time = times[static_cast<std::size_t>(kernel)];
    ++time.calls;
    time.nanoseconds += now - lastMeeting;
  }
  lastMeeting = now;
}

} // namespace cria::rt

int64_t cria_team_next(void *worker) {
  return static_cast<cria::rt::Worker *>(worker)->team->nextTile();
}

void cria_team_barrier(void *worker, int64_t kernel) {
  auto &self = *static_cast<cria::rt::Worker *>(worker);
  self.team->barrier(self, kernel);
}
