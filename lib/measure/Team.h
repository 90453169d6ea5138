//===- Team.h - The threads that compiled code runs on ----------*- C++ -*-===//
#pragma once
#include "driver/Jit.h"

namespace cria::measure {

/// The OpenMP threads of compiled code. Probes run on them too: separate threads would compete for
/// the processors with OpenMP's, which busy-wait for work.
class Team {
public:
  /// Uses the OpenMP runtime that `jit` has loaded; there is one per process.
  explicit Team(const driver::Jit &jit);

  /// Sets the number of threads (at least 1) of parallel regions that the calling thread enters.
  void resize(int threads) { setThreads(threads); }
  /// The current number; initially that of the processors, or OMP_NUM_THREADS.
  int size() const { return maxThreads(); }
  /// Runs `part(0)` … `part(parts - 1)`, each on its own thread, and waits for all.
  void run(int parts, llvm::function_ref<void(int)> part) const;

private:
  void (*setThreads)(int);
  int (*maxThreads)();
  void (*parallel)(void (*)(void *), void *, unsigned, unsigned);
};

} // namespace cria::measure
