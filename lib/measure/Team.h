//===- Team.h - The threads that measured code runs on ----------*- C++ -*-===//
#pragma once
#include "runtime/Team.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace cria::measure {

/// The team of compiled code. Probes run on it too, so that threads compete for processors alike.
class Team {
public:
  /// As many threads as the process may use processors.
  Team();
  /// Sets the number of threads, at least 1, and their scratch memory.
  void resize(int threads);
  void ensureScratch(std::size_t bytes);
  int size() const { return team->size(); }
  rt::Team &threads() { return *team; }
  /// Runs `part(0)` … `part(parts - 1)`, each on its own thread, and waits for all.
  void run(int parts, llvm::function_ref<void(int)> part) const;

private:
  std::size_t scratchBytes = 0;
  std::unique_ptr<rt::Team> team;
};

} // namespace cria::measure
