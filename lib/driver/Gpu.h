//===- Gpu.h - The GPUs that a command line names ---------------*- C++ -*-===//
#pragma once
#include "driver/Target.h"

namespace cria::driver {

/// Whether `target`, an argument of --target, names a GPU: "nvidia" or "amd:gfx942".
bool isGpu(const std::string &target);

/// That GPU. `cpu` is what --cpu says. Throws a cria::Error if LLVM does not know it, or
/// kernels cannot run there.
Target makeGpu(const std::string &target, const std::string &cpu);

} // namespace cria::driver
