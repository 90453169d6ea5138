//===- DeviceFlag.cpp - The device that a command line names --------------===//
#include "runtime/device/DeviceFlag.h"

namespace cria::rt {

DeviceChoice parseDevice(const FlagValue &value) {
  if (value.text == "cpu")
    return {DeviceChoice::cpu};
  size_t colon = value.text.find(':');
  const GpuApi *api = findGpuApi(value.text.substr(0, colon));
  if (!api)
    value.refuseChoice({"cpu", "cuda", "cuda:N", "hip", "hip:N"});
  if (colon == value.text.npos)
    return {DeviceChoice::gpu, api};
  FlagValue number{value.flag, value.text.substr(colon + 1)};
  return {DeviceChoice::gpu, api, static_cast<int>(number.integer(0, 1023))};
}

} // namespace cria::rt
