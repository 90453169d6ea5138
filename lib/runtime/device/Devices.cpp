//===- Devices.cpp - Which device runs a model ----------------------------===//
#include "runtime/device/Devices.h"
#include "runtime/Fail.h"
#include "runtime/Variants.h"
#include "runtime/device/GpuDevice.h"
#include "runtime/device/MemoryNeed.h"
#include <algorithm>
#include <cstdlib>

namespace cria::rt {
namespace {

bool isForGpu(const cria_code &code) { return code.image != nullptr; }

std::shared_ptr<Device> open(const cria_model &model, const cria_code &code, int index) {
  if (!isForGpu(code))
    return hostDevice();
  const GpuApi *api = findGpuApi(code.device);
  if (!api)
    fail("the code for {} is for a device \"{}\", which this runtime does not know", code.cpu,
         code.device);
  std::shared_ptr<Device> device = openGpu(*api, code, index);
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
  auto gpu = std::ranges::find_if(all, [&](const cria_code &code) {
    return isForGpu(code) && (!wanted.api || code.device == wanted.api->name);
  });
  bool onCpu = !std::ranges::all_of(all, isForGpu);
  if (gpu == all.end() && wanted.kind == DeviceChoice::gpu)
    fail("--device: this program has no code for {} GPUs; criac --target={} makes some",
         wanted.api->vendor, wanted.api->target);
  std::string note;
  if (gpu != all.end() && wanted.kind != DeviceChoice::cpu) {
    try {
      return {*gpu, open(model, *gpu, wanted.index), ""};
    } catch (const NoDevice &why) {
      if (!onCpu || wanted.kind == DeviceChoice::gpu)
        throw;
      note = std::string(why.what()) + "; the CPU is used";
    }
  }
  return {chooseVariant(model, variant), hostDevice(), note};
}

std::string listDevices(const cria_model &model) {
  std::string text;
  auto add = [&](std::string_view name, std::string_view what) {
    text += fmt::format("{:<8}{}\n", name, what);
  };
  auto all = variants(model);
  for (const cria_code &code : all)
    if (!isForGpu(code))
      add("cpu", fmt::format("code for {}", code.cpu));
  for (const GpuApi &api : gpuApis()) {
    if (std::ranges::none_of(all, [&](const cria_code &code) { return code.device == api.name; })) {
      add(api.name, fmt::format("no code for {} GPUs", api.vendor));
      continue;
    }
    try {
      int number = 0;
      for (const std::string &name : gpuNames(api))
        add(fmt::format("{}:{}", api.name, number++), name);
    } catch (const NoDevice &why) {
      add(api.name, why.what());
    }
  }
  return text;
}

} // namespace cria::rt
