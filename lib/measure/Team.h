//===- Team.h - The threads that compiled code runs on ----------*- C++ -*-===//
#pragma once
#include "llvm/ADT/STLFunctionalExtras.h"

namespace cria::measure {

/// OpenMP's threads, as compiled code uses them. Probes run on them too: threads of our own
/// would share the processors with OpenMP's, which wait for work in a loop.
class Team {
public:
  /// Threads of parallel regions that this thread enters from now on, 1 or more.
  void resize(int threads);
  /// What it is unless it was resized: the processors, or OMP_NUM_THREADS.
  int size() const;
  /// Runs `part(0)`, ... `part(parts - 1)`, each on a thread of its own; waits for all.
  void run(int parts, llvm::function_ref<void(int)> part) const;
};

} // namespace cria::measure
