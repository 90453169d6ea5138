//===- Team.h - The threads that compiled code runs on ----------*- C++ -*-===//
#pragma once
#include "driver/Jit.h"

namespace cria::measure {

/// OpenMP's threads, as compiled code uses them. Probes run on them too: threads of our own
/// would share the processors with OpenMP's, which wait for work in a loop.
class Team {
public:
  /// The runtime is the one that `jit` has loaded, of which there is one in a process.
  explicit Team(const driver::Jit &jit);

  /// Threads of parallel regions that this thread enters from now on, 1 or more.
  void resize(int threads) { setThreads(threads); }
  /// What it is unless it was resized: the processors, or OMP_NUM_THREADS.
  int size() const { return maxThreads(); }
  /// Runs `part(0)`, ... `part(parts - 1)`, each on a thread of its own; waits for all.
  void run(int parts, llvm::function_ref<void(int)> part) const;

private:
  void (*setThreads)(int);
  int (*maxThreads)();
  void (*parallel)(void (*)(void *), void *, unsigned, unsigned);
};

} // namespace cria::measure
