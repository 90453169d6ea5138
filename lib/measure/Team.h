//===- Team.h - The threads that compiled code runs on ----------*- C++ -*-===//
#pragma once
#include "llvm/ADT/STLFunctionalExtras.h"

namespace cria::measure {

/// The OpenMP threads of compiled code. Probes run on them too: separate threads would compete for
/// the processors with OpenMP's, which busy-wait for work.
class Team {
public:
  /// Sets the number of threads (at least 1) of parallel regions that the calling thread enters.
  void resize(int threads);
  /// The current number; initially that of the processors, or OMP_NUM_THREADS.
  int size() const;
  /// Runs `part(0)` … `part(parts - 1)`, each on its own thread, and waits for all.
  void run(int parts, llvm::function_ref<void(int)> part) const;
};

} // namespace cria::measure
