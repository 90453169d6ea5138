//===- Signal.cpp - A count that threads wait for -------------------------===//
#include "runtime/Signal.h"
#include <chrono>
#include <climits>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace cria::rt {
namespace {

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("isb" ::: "memory"); // about as long as x86's; "yield" is a no-op on most cores
#endif
}

// Not std::atomic::wait, which yields the processor before it sleeps: on a busy machine another
// process then has it for milliseconds.
void futex(std::atomic<std::uint32_t> &word, int operation, std::uint32_t value) {
  static_assert(sizeof word == sizeof(std::uint32_t));
  syscall(SYS_futex, &word, operation | FUTEX_PRIVATE_FLAG, value, nullptr, nullptr, 0);
}

} // namespace

// Both sides are sequentially consistent: either the waker sees the sleeper, or the sleeper sees
// the new count and does not sleep.

void Signal::raise() {
  count.fetch_add(1);
  if (sleepers.load())
    futex(count, FUTEX_WAKE, INT_MAX);
}

void Signal::wait(std::uint32_t seen, int microseconds) {
  using Clock = std::chrono::steady_clock;
  constexpr int pausesPerLook = 32; // a look at the clock costs about as much as these
  if (microseconds > 0)
    for (auto end = Clock::now() + std::chrono::microseconds(microseconds); Clock::now() < end;)
      for (int i = 0; i < pausesPerLook; ++i) {
        if (now() != seen)
          return;
        pause();
      }
  sleepers.fetch_add(1);
  while (count.load() == seen)
    futex(count, FUTEX_WAIT, seen);
  sleepers.fetch_sub(1);
}

} // namespace cria::rt
