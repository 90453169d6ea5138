//===- GpuDriver.cpp - The driver of GPUs, found at run time --------------===//
#include "runtime/device/GpuDriver.h"
#include "runtime/Fail.h"
#include "runtime/device/Devices.h"
#include <dlfcn.h>
#include <map>
#include <memory>
#include <mutex>

namespace cria::rt {
namespace {

/// For as long as the process runs.
void *openLibrary(const GpuApi &api) {
  std::string why;
  for (const char *name : api.libraries) {
    if (void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL))
      return library;
    if (why.empty())
      why = dlerror();
  }
  throw NoDevice(fmt::format("no {} on this machine: {}", api.driver, why));
}

template <typename Function>
void find(const GpuApi &api, void *library, const char *symbol, Function *&function) {
  function = reinterpret_cast<Function *>(dlsym(library, symbol));
  if (!function)
    throw NoDevice(fmt::format("the {} is too old: it has no {}", api.driver, symbol));
}

} // namespace

const GpuDriver &GpuDriver::get(const GpuApi &api) {
  static std::mutex mutex;
  static std::map<const GpuApi *, std::unique_ptr<const GpuDriver>> opened;
  std::scoped_lock lock(mutex);
  std::unique_ptr<const GpuDriver> &driver = opened[&api];
  if (!driver)
    driver.reset(new GpuDriver(api));
  return *driver;
}

GpuDriver::GpuDriver(const GpuApi &api) : api_(api) {
  void *library = openLibrary(api);
  auto symbol = api.symbols.begin();
#define CRIA_GPU_FIND(name, cuda, hip, parameters) find(api, library, *symbol++, name);
  CRIA_GPU_FUNCTIONS(CRIA_GPU_FIND)
#undef CRIA_GPU_FIND
  launchWith = reinterpret_cast<decltype(launchWith)>(dlsym(library, "cuLaunchKernelEx"));
  if (int status = init(0))
    throw NoDevice(fmt::format("the {} cannot be used: {}", api.driver, nameOf(status)));
}

int GpuDriver::count() const {
  int count = 0;
  check(deviceCount(&count), fmt::format("{} GPUs cannot be counted", api_.vendor).c_str());
  return count;
}

void GpuDriver::check(int status, const char *what) const {
  if (status == 0)
    return;
  fail("{}: {}", what, nameOf(status));
}

const char *GpuDriver::nameOf(int status) const {
  const char *name = nullptr;
  return errorName(status, &name) == 0 && name ? name : "unknown error";
}

} // namespace cria::rt
