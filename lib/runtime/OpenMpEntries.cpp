//===- OpenMpEntries.cpp - What compiled code calls of OpenMP -------------===//
//
// Compiled code is linked with these functions, never with libomp: the calls are bound inside
// the program or library, and passed on to the runtime that openMp() found.
//
//===----------------------------------------------------------------------===//
#include "runtime/OpenMp.h"

using cria::rt::OpenMp;
using cria::rt::openMp;

extern "C" {

// The last argument takes the place of "...": LLVM's OpenMPIRBuilder hands the variables of a
// region over as one struct, or has none.
void __kmpc_fork_call(void *location, std::int32_t arguments, OpenMp::Microtask *body, void *data) {
  openMp().forkCall(location, arguments, body, data);
}

std::int32_t __kmpc_global_thread_num(void *location) { return openMp().threadNumber(location); }

void __kmpc_for_static_init_8u(void *location, std::int32_t thread, std::int32_t schedule,
                               std::int32_t *last, std::uint64_t *lower, std::uint64_t *upper,
                               std::int64_t *stride, std::int64_t increment, std::int64_t chunk) {
  openMp().staticInit(location, thread, schedule, last, lower, upper, stride, increment, chunk);
}

void __kmpc_for_static_fini(void *location, std::int32_t thread) {
  openMp().staticFini(location, thread);
}

void __kmpc_barrier(void *location, std::int32_t thread) { openMp().barrier(location, thread); }

} // extern "C"

namespace cria::rt {

std::span<const OpenMpEntry> openMpEntries() {
#define ENTRY(name)                                                                                \
  {                                                                                                \
    #name, reinterpret_cast<void *>(name)                                                          \
  }
  static const OpenMpEntry entries[] = {ENTRY(__kmpc_fork_call), ENTRY(__kmpc_global_thread_num),
                                        ENTRY(__kmpc_for_static_init_8u),
                                        ENTRY(__kmpc_for_static_fini), ENTRY(__kmpc_barrier)};
#undef ENTRY
  return entries;
}

} // namespace cria::rt
