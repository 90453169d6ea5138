//===- Threads.h - Number of threads of compiled code -----------*- C++ -*-===//
#pragma once

namespace cria::rt {

/// Processors that this process may use: those it is allowed to run on, or fewer if its control
/// group (cgroup v1 or v2) has a smaller quota, which is rounded up. At least 1.
int processors();

/// Number of threads for calls that the calling thread makes from now on, 1 or more.
void setThreads(int count);
/// What `setThreads` was last given on the calling thread; else that of `processors`.
int threadCount();

} // namespace cria::rt
