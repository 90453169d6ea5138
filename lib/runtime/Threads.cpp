//===- Threads.cpp - Number of threads of compiled code -------------------===//
#include "runtime/Threads.h"
#include "runtime/CpuQuota.h"
#include <algorithm>
#include <sched.h>
#include <thread>

namespace cria::rt {
namespace {

thread_local int chosen = 0;

/// Processors of the affinity mask, which may have more entries than a `cpu_set_t`.
int allowedProcessors() {
  constexpr int mostProcessors = 1 << 14;
  cpu_set_t *set = CPU_ALLOC(mostProcessors);
  int count = 0;
  if (set) {
    size_t size = CPU_ALLOC_SIZE(mostProcessors);
    if (sched_getaffinity(0, size, set) == 0)
      count = CPU_COUNT_S(size, set);
    CPU_FREE(set);
  }
  return count > 0 ? count : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

int findProcessors() {
  int allowed = allowedProcessors(), quota = cpuQuota();
  return quota ? std::min(allowed, quota) : allowed;
}

} // namespace

int processors() {
  static const int found = findProcessors();
  return found;
}

void setThreads(int count) { chosen = count; }
int threadCount() { return chosen ? chosen : processors(); }

} // namespace cria::rt
