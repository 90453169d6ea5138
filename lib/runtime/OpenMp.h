//===- OpenMp.h - LLVM's OpenMP runtime, found at run time ------*- C++ -*-===//
//
// Compiled code runs its loops on the threads of libomp. Programs are not linked with it: it is
// opened when it is first needed, so a machine without it runs them too, on one thread. And
// symbols are taken from that library alone, whatever else the process defines.
//
// The functions are those of openmp/runtime/src/kmp.h in LLVM.
//
//===----------------------------------------------------------------------===//
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace cria::rt {

struct OpenMp {
  /// The body of a parallel region.
  using Microtask = void(std::int32_t *thread, std::int32_t *teamThread, void *data);
  using ForkCall = void(void *location, std::int32_t arguments, Microtask *body, ...);
  using ThreadNumber = std::int32_t(void *location);
  using StaticInit = void(void *location, std::int32_t thread, std::int32_t schedule,
                          std::int32_t *last, std::uint64_t *lower, std::uint64_t *upper,
                          std::int64_t *stride, std::int64_t increment, std::int64_t chunk);
  using EndOf = void(void *location, std::int32_t thread);

  ForkCall *forkCall;
  ThreadNumber *threadNumber;
  StaticInit *staticInit;
  EndOf *staticFini, *barrier;
  void (*setThreads)(int);
  int (*maxThreads)();
  /// What the user of a program should know, a line each: libomp is missing, a variable of the
  /// environment is ignored.
  std::vector<std::string> notes;
};

/// Opens libomp on the first call: the one that the process has already, else libomp.so.5 where
/// the dynamic linker finds it. Settings in the environment that it would abort on are hidden
/// from it, so the first call must not run beside one that changes the environment.
const OpenMp &openMp();

/// A function that compiled code calls, which passes the call on to openMp().
struct OpenMpEntry {
  const char *name;
  void *address;
};
std::span<const OpenMpEntry> openMpEntries();

} // namespace cria::rt
