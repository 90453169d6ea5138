//===- Team.cpp - The threads that compiled code runs on ------------------===//
#include "measure/Team.h"
#include <atomic>

namespace cria::measure {

Team::Team(const driver::Jit &jit)
    : setThreads(jit.lookup<void(int)>("omp_set_num_threads")),
      maxThreads(jit.lookup<int()>("omp_get_max_threads")),
      // GCC's entry point for parallel regions, which LLVM's runtime also exports.
      parallel(jit.lookup<void(void (*)(void *), void *, unsigned, unsigned)>("GOMP_parallel")) {}

void Team::run(int parts, llvm::function_ref<void(int)> part) const {
  struct Work {
    llvm::function_ref<void(int)> part;
    int parts;
    std::atomic<int> next = 0;
  } work{part, parts};
  auto takeParts = [](void *data) {
    auto &work = *static_cast<Work *>(data);
    for (int i = work.next++; i < work.parts; i = work.next++)
      work.part(i);
  };
  parallel(takeParts, &work, static_cast<unsigned>(parts), /*flags=*/0);
}

} // namespace cria::measure
