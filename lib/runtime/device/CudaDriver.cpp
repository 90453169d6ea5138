//===- CudaDriver.cpp - NVIDIA's driver, found at run time ----------------===//
#include "runtime/device/CudaDriver.h"
#include "runtime/Fail.h"
#include "runtime/device/Devices.h"
#include <dlfcn.h>

namespace cria::rt {

template <typename Function>
static void find(void *library, const char *symbol, Function *&function) {
  function = reinterpret_cast<Function *>(dlsym(library, symbol));
  if (!function)
    throw NoDevice(fmt::format("the NVIDIA driver is too old: it has no {}", symbol));
}

const CudaDriver &CudaDriver::get() {
  static const CudaDriver driver;
  return driver;
}

CudaDriver::CudaDriver() {
  void *library = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL); // for as long as the process runs
  if (!library)
    throw NoDevice(fmt::format("no NVIDIA driver on this machine: {}", dlerror()));
#define CRIA_CUDA_FIND(name, symbol, parameters) find(library, symbol, name);
  CRIA_CUDA_FUNCTIONS(CRIA_CUDA_FIND)
#undef CRIA_CUDA_FIND
  if (int status = init(0))
    throw NoDevice(fmt::format("the NVIDIA driver cannot be used: {}", nameOf(status)));
}

void CudaDriver::check(int status, const char *what) const {
  if (status == 0)
    return;
  fail("{}: {}", what, nameOf(status));
}

const char *CudaDriver::nameOf(int status) const {
  const char *name = nullptr;
  return errorName(status, &name) == 0 && name ? name : "unknown error";
}

} // namespace cria::rt
