//===- Devices.cpp - Which device runs a model ----------------------------===//
#include "runtime/device/Devices.h"
#include "runtime/Fail.h"
#include "runtime/Variants.h"
#include "runtime/device/CudaDevice.h"
#include "runtime/device/MemoryNeed.h"
#include <algorithm>
#include <cstdlib>

namespace cria::rt {
namespace {

bool isForGpu(const cria_code &code) { return code.image != nullptr; }

std::shared_ptr<Device> open(const cria_model &model, const cria_code &code, int index) {
  if (!isForGpu(code))
    return hostDevice();
  std::shared_ptr<Device> device = openCuda(code, index);
  requireMemory(model, code, device->freeBytes());
  return device;
}

bool isNamed(const std::string &variant) {
  const char *name = std::getenv("CRIA_VARIANT");
  return !variant.empty() || (name && *name);
}

} // namespace

CodeOnDevice chooseCode(const cria_model &model, const std::string &variant,
                        const DeviceChoice &wanted) {
  if (isNamed(variant)) {
    const cria_code &code = chooseVariant(model, variant);
    return {code, open(model, code, wanted.index), ""};
  }
  auto all = variants(model);
  auto gpu = std::ranges::find_if(all, isForGpu);
  bool onCpu = !std::ranges::all_of(all, isForGpu);
  if (gpu == all.end() && wanted.kind == DeviceChoice::cuda)
    fail("--device: this program has no code for GPUs; criac --target=nvidia makes some");
  std::string note;
  if (gpu != all.end() && wanted.kind != DeviceChoice::cpu) {
    try {
      return {*gpu, open(model, *gpu, wanted.index), ""};
    } catch (const NoDevice &why) {
      if (!onCpu || wanted.kind == DeviceChoice::cuda)
        throw;
      note = std::string(why.what()) + "; the CPU is used";
    }
  }
  return {chooseVariant(model, variant), hostDevice(), note};
}

std::string listDevices(const cria_model &model) {
  std::string text;
  for (const cria_code &code : variants(model))
    if (!isForGpu(code))
      text += fmt::format("cpu     code for {}\n", code.cpu);
  if (std::ranges::none_of(variants(model), isForGpu))
    return text + "cuda    no code for GPUs\n";
  try {
    int number = 0;
    for (const std::string &name : cudaDevices())
      text += fmt::format("cuda:{}  {}\n", number++, name);
  } catch (const NoDevice &why) {
    text += fmt::format("cuda    {}\n", why.what());
  }
  return text;
}

} // namespace cria::rt
