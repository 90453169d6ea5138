//===- MissingGpu.h - Whether this machine has a GPU ------------*- C++ -*-===//
#pragma once
#include "driver/Target.h"

namespace cria::driver {

/// Why code for `target`, a GPU, cannot run here, in a line; empty if there is a driver and a GPU.
/// Asks in a process of its own: a driver that was opened before a fork does not work after it.
std::string missingGpu(const Target &target);

} // namespace cria::driver
