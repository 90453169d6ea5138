//===- Team.cpp - The threads that measured code runs on ------------------===//
#include "measure/Team.h"
#include "runtime/Threads.h"

namespace cria::measure {

Team::Team() { resize(rt::processors()); }

void Team::resize(int threads) {
  if (!team || team->size() != threads)
    team = std::make_unique<rt::Team>(threads, scratchBytes);
}

void Team::ensureScratch(std::size_t bytes) {
  if (bytes <= scratchBytes)
    return;
  scratchBytes = bytes;
  team = std::make_unique<rt::Team>(size(), scratchBytes);
}

void Team::run(int parts, llvm::function_ref<void(int)> part) const {
  // A team that is larger leaves the rest of its threads idle; one that is smaller is not used.
  auto body = [&](rt::Worker &worker, void *) {
    if (worker.number < parts)
      part(worker.number);
  };
  if (parts <= team->size())
    team->run(body);
  else
    rt::Team(parts, 0).run(body);
}

} // namespace cria::measure
