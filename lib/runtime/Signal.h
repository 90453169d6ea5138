//===- Signal.h - A count that threads wait for -----------------*- C++ -*-===//
#pragma once
#include <atomic>
#include <cstdint>

namespace cria::rt {

/// A count that one thread raises and others wait for.
class Signal {
public:
  std::uint32_t now() const { return count.load(std::memory_order_acquire); }
  /// Adds one and wakes all that wait. What this thread did before is visible to them.
  void raise();
  /// Returns once the count is not `seen`. Spins for about `microseconds` before it sleeps.
  void wait(std::uint32_t seen, int microseconds);

private:
  std::atomic<std::uint32_t> count = 0, sleepers = 0;
};

} // namespace cria::rt
