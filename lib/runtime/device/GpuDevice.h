//===- GpuDevice.h - A GPU --------------------------------------*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include "runtime/device/Device.h"
#include "runtime/device/GpuApi.h"
#include <string>
#include <vector>

namespace cria::rt {

/// Opens GPU number `index` of those of `api`, and loads the kernels of `code` there. Throws a
/// NoDevice if there is no driver or no such GPU, and a cria::Error if it cannot run them.
std::shared_ptr<Device> openGpu(const GpuApi &api, const cria_code &code, int index);

/// Names of all GPUs of `api`, by number. Throws a NoDevice if there is no driver.
std::vector<std::string> gpuNames(const GpuApi &api);

} // namespace cria::rt
