//===- DeviceWeights.h - Weights where the device reads them ----*- C++ -*-===//
#pragma once
#include "runtime/Weights.h"
#include "runtime/device/Device.h"

namespace cria::rt {

/// Sees how many bytes of all were copied to a device, from 0 on.
using CopyProgress = std::function<void(std::size_t done, std::size_t all)>;

/// The weight table that code of a device reads: that of the host, or one in the device's memory
/// with a copy of each tensor.
class DeviceWeights {
public:
  /// `weights` must outlive this. `progress` may be empty. Throws a cria::Error, before anything is
  /// copied, if the device does not have the memory.
  DeviceWeights(Device &device, const cria_model &model, const Weights &weights,
                const CopyProgress &progress = {});

  const void *const *table() const { return table_; }

  /// Bytes that all tensors of `model` take on a device.
  static std::size_t bytesFor(const cria_model &model);

private:
  std::unique_ptr<Memory> tensors_, slots_;
  const void *const *table_;
};

} // namespace cria::rt
