//===- DeviceFlag.h - The device that a command line names ------*- C++ -*-===//
#pragma once
#include "runtime/device/Devices.h"
#include "support/Flags.h"

namespace cria::rt {

/// The value of --device: cpu, cuda, cuda:N, hip or hip:N. Throws a UsageError.
DeviceChoice parseDevice(const FlagValue &value);

} // namespace cria::rt
