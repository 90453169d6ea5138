//===- Gpu.h - The GPUs that a command line names ---------------*- C++ -*-===//
#pragma once
#include "driver/Target.h"

namespace cria::driver {

/// Whether `target`, an argument of --target, names a GPU: "nvidia" or "nvidia:sm_90a".
bool isGpu(const std::string &target);

/// That GPU. `cpu` is what --cpu says. Throws a cria::Error if LLVM does not know it.
Target makeGpu(const std::string &target, const std::string &cpu);

} // namespace cria::driver
