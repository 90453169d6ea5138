//===- Signal.cpp - A count that threads wait for -------------------------===//
#include "runtime/Signal.h"
#include <chrono>

namespace cria::rt {
namespace {

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("isb" ::: "memory"); // about as long as x86's; "yield" is a no-op on most cores
#endif
}

} // namespace

// Both sides are sequentially consistent: either the waker sees the sleeper, or the sleeper sees
// the new count and does not sleep.

void Signal::raise() {
  count.fetch_add(1);
  if (sleepers.load())
    count.notify_all();
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
    count.wait(seen);
  sleepers.fetch_sub(1);
}

} // namespace cria::rt
