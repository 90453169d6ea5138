//===- Threads.h - Number of threads of compiled code -----------*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"

namespace cria::rt {

/// Processors that this process may use: those it is allowed to run on, or fewer if its control
/// group (cgroup v1 or v2) has a smaller quota, which is rounded up. At least 1.
int processors();

/// Number of threads for calls that the calling thread makes from now on, 1 or more.
void setThreads(int count);
/// Number of threads for calls of `code`: what `setThreads` was last given on the calling thread,
/// but no more than the processors that the process is allowed to run on; else one per processor,
/// or fewer if the kernels of a decode step are too small to be shared.
int threadCount(const cria_code &code);

} // namespace cria::rt
