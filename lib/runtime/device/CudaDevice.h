//===- CudaDevice.h - An NVIDIA GPU -----------------------------*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include "runtime/device/Device.h"
#include <string>
#include <vector>

namespace cria::rt {

/// Opens GPU number `index`, and loads the kernels of `code` there. Throws a NoDevice if there
/// is no driver or no such GPU, and a cria::Error if it cannot run them.
std::shared_ptr<Device> openCuda(const cria_code &code, int index);

/// Names of all NVIDIA GPUs, by number. Throws a NoDevice if there is no driver.
std::vector<std::string> cudaDevices();

} // namespace cria::rt
