//===- Threads.cpp - Number of threads of compiled code -------------------===//
#include "runtime/Threads.h"
#include "runtime/CpuQuota.h"
#include <algorithm>
#include <sched.h>
#include <span>
#include <string_view>
#include <thread>

namespace cria::rt {
namespace {

thread_local int chosen = 0;

/// Processors of the affinity mask, which may have more entries than a `cpu_set_t`.
int findAllowed() {
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

int allowedProcessors() {
  static const int found = findAllowed();
  return found;
}

int findProcessors() {
  int quota = cpuQuota();
  return quota ? std::min(allowedProcessors(), quota) : allowedProcessors();
}

/// Bytes that a kernel of a decode step touches in an empty cache, on average; 0 if not known.
int64_t bytesPerKernel(const cria_code &code) {
  int64_t bytes = 0, calls = 0;
  for (const cria_kernel &kernel : std::span(code.kernels, static_cast<size_t>(code.kernel_count)))
    if (std::string_view(kernel.name).starts_with("decode.")) {
      const cria_amount &amount = kernel.bytes;
      bytes += amount.fixed + amount.per_token + amount.per_row + amount.per_pair;
      calls += kernel.calls;
    }
  return calls ? bytes / calls : 0;
}

} // namespace

int processors() {
  static const int found = findProcessors();
  return found;
}

void setThreads(int count) { chosen = count; }

int threadCount(const cria_code &code) {
  // A thread without a processor holds up the others at each barrier, and adds nothing. The quota
  // is no such bound: whoever asks for more threads may know it better.
  if (chosen)
    return std::min(chosen, allowedProcessors());
  // What a thread reads from its caches in about the time that a barrier takes (decision 0020).
  constexpr int64_t leastShare = 8 << 10;
  int64_t bytes = bytesPerKernel(code);
  return bytes ? static_cast<int>(std::clamp<int64_t>(bytes / leastShare, 1, processors()))
               : processors();
}

} // namespace cria::rt
