//===- Threads.h - Threads of compiled code ---------------------*- C++ -*-===//
#pragma once

namespace cria::rt {

/// Lets parallel regions that the calling thread enters use `count` threads, 1 or more. Does
/// nothing if the compiled code has no OpenMP.
void setThreads(int count);

} // namespace cria::rt
