//===- Launch.cpp - What code for a GPU calls -----------------------------===//
#include "cria/runtime/abi.h"
#include "runtime/Team.h"
#include "runtime/device/Device.h"

void cria_launch(void *worker, int64_t kernel, int64_t x, int64_t y, int64_t z,
                 const uint64_t *words, int64_t count) {
  const auto &caller = *static_cast<cria::rt::Worker *>(worker);
  caller.device->launch(kernel, {x, y, z}, {words, static_cast<size_t>(count)});
  if (caller.clock)
    caller.clock->launched(kernel);
}
