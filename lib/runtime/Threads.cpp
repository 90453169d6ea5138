//===- Threads.cpp - Threads of compiled code -----------------------------===//
#include "runtime/Threads.h"
#include "runtime/OpenMp.h"

namespace cria::rt {

void setThreads(int count) { openMp().setThreads(count); }

} // namespace cria::rt
