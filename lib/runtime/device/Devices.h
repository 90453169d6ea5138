//===- Devices.h - Which device runs a model --------------------*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include "runtime/device/Device.h"
#include "runtime/device/GpuApi.h"
#include "support/Error.h"

namespace cria::rt {

/// There is no GPU to use, or no driver for it.
struct NoDevice : Error {
  using Error::Error;
};

/// What a user asks for.
struct DeviceChoice {
  enum Kind { best, cpu, gpu } kind = best;
  const GpuApi *api = nullptr; ///< of a GPU
  int index = 0;               ///< of a GPU
};

/// Code, and what runs it.
struct CodeOnDevice {
  const cria_code &code;
  std::shared_ptr<Device> device;
  std::string note; ///< why it is not the GPU that there is code for; empty if it is
};

/// The variant of `model` that is named, as for chooseVariant; else that for a GPU, if there is one
/// and a GPU is not ruled out by `wanted`; else that for this CPU. The device has the memory for
/// the weights and one session. Throws cria::Error.
CodeOnDevice chooseCode(const cria_model &model, const std::string &variant,
                        const DeviceChoice &wanted);

/// A line for each device that `model` has code for, and for each kind of them why there is none.
std::string listDevices(const cria_model &model);

} // namespace cria::rt
