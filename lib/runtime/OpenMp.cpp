//===- OpenMp.cpp - LLVM's OpenMP runtime, found at run time --------------===//
#include "runtime/OpenMp.h"
#include "runtime/OpenMpSettings.h"
#include <cstdarg>
#include <dlfcn.h>

namespace cria::rt {
namespace {

// Without libomp: every parallel region is a team of one.
namespace serial {

void forkCall(void *, std::int32_t, OpenMp::Microtask *body, ...) {
  std::int32_t thread = 0, teamThread = 0;
  va_list arguments;
  va_start(arguments, body);
  body(&thread, &teamThread, va_arg(arguments, void *));
  va_end(arguments);
}
std::int32_t threadNumber(void *) { return 0; }
/// The bounds stay as they are: one thread has all iterations.
void staticInit(void *, std::int32_t, std::int32_t, std::int32_t *last, std::uint64_t *lower,
                std::uint64_t *upper, std::int64_t *stride, std::int64_t, std::int64_t) {
  *last = 1;
  *stride = static_cast<std::int64_t>(*upper - *lower + 1);
}
void endOf(void *, std::int32_t) {}
void setThreads(int) {}
int maxThreads() { return 1; }

OpenMp openMp() {
  return {forkCall, threadNumber, staticInit, endOf, endOf, setThreads, maxThreads, {}};
}

} // namespace serial

/// Two copies of the runtime in a process abort, so one that is there is taken as it is. Intel's
/// has the same functions.
void *openLibrary() {
  for (const char *name : {"libomp.so.5", "libomp.so", "libiomp5.so"})
    if (void *library = dlopen(name, RTLD_NOW | RTLD_NOLOAD))
      return library;
  // The second is for machines where LLVM is in a folder of its own.
  for (const char *name : {"libomp.so.5", CRIA_OPENMP_LIBRARY})
    if (void *library = dlopen(name, RTLD_NOW))
      return library;
  return nullptr;
}

template <class Function>
bool find(void *library, const char *name, Function *&function) {
  function = reinterpret_cast<Function *>(dlsym(library, name));
  return function != nullptr;
}

OpenMp open() {
  HiddenSettings settings;
  void *library = openLibrary(); // never closed: its threads live on
  OpenMp found;
  if (library && find(library, "__kmpc_fork_call", found.forkCall) &&
      find(library, "__kmpc_global_thread_num", found.threadNumber) &&
      find(library, "__kmpc_for_static_init_8u", found.staticInit) &&
      find(library, "__kmpc_for_static_fini", found.staticFini) &&
      find(library, "__kmpc_barrier", found.barrier) &&
      find(library, "omp_set_num_threads", found.setThreads) &&
      find(library, "omp_get_max_threads", found.maxThreads)) {
    found.notes = settings.notes();
    found.maxThreads(); // reads the environment
    return found;
  }
  found = serial::openMp();
  found.notes = {"libomp.so.5 is not on this machine (Debian: libomp5), so one thread is used"};
  return found;
}

} // namespace

const OpenMp &openMp() {
  static const OpenMp opened = open();
  return opened;
}

} // namespace cria::rt
