//===- CudaDriver.cpp - NVIDIA's driver, found at run time ----------------===//
#include "runtime/device/CudaDriver.h"
#include "runtime/Fail.h"
#include <dlfcn.h>

namespace cria::rt {

const CudaDriver &CudaDriver::get() {
  static const CudaDriver driver;
  return driver;
}

CudaDriver::CudaDriver() {
  void *library = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL); // for as long as the process runs
  if (!library)
    fail("no NVIDIA driver on this machine: {}", dlerror());
#define CRIA_CUDA_FIND(name, symbol, parameters)                                                   \
  name = reinterpret_cast<int(*) parameters>(dlsym(library, symbol));                              \
  if (!name)                                                                                       \
    fail("the NVIDIA driver is too old: it has no {}", symbol);
  CRIA_CUDA_FUNCTIONS(CRIA_CUDA_FIND)
#undef CRIA_CUDA_FIND
  check(init(0), "the NVIDIA driver cannot be used");
}

void CudaDriver::check(int status, const char *what) const {
  if (status == 0)
    return;
  const char *name = nullptr;
  if (errorName(status, &name) != 0 || !name)
    name = "unknown error";
  fail("{}: {}", what, name);
}

} // namespace cria::rt
