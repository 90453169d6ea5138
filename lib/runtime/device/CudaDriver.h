//===- CudaDriver.h - NVIDIA's driver, found at run time --------*- C++ -*-===//
//
// Nothing of NVIDIA's is needed to build or to start a program: the functions of the driver API
// that are used are looked up in libcuda.so.1 when a GPU is opened.
//
//===----------------------------------------------------------------------===//
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

namespace cria::rt {

/// A context, module, function, stream or graph.
using CudaHandle = struct CudaOpaque *;
using CudaAddress = std::uint64_t;

// X(name, symbol, parameters). A suffix of a symbol is a version of the ABI.
#define CRIA_CUDA_FUNCTIONS(X)                                                                     \
  X(init, "cuInit", (unsigned))                                                                    \
  X(errorName, "cuGetErrorName", (int, const char **))                                             \
  X(driverVersion, "cuDriverGetVersion", (int *))                                                  \
  X(deviceCount, "cuDeviceGetCount", (int *))                                                      \
  X(deviceGet, "cuDeviceGet", (int *, int))                                                        \
  X(deviceName, "cuDeviceGetName", (char *, int, int))                                             \
  X(deviceAttribute, "cuDeviceGetAttribute", (int *, int, int))                                    \
  X(contextRetain, "cuDevicePrimaryCtxRetain", (CudaHandle *, int))                                \
  X(contextRelease, "cuDevicePrimaryCtxRelease_v2", (int))                                         \
  X(contextSet, "cuCtxSetCurrent", (CudaHandle))                                                   \
  X(memoryInfo, "cuMemGetInfo_v2", (std::size_t *, std::size_t *))                                 \
  X(memoryAllocate, "cuMemAlloc_v2", (CudaAddress *, std::size_t))                                 \
  X(memoryFree, "cuMemFree_v2", (CudaAddress))                                                     \
  X(memorySet, "cuMemsetD8Async", (CudaAddress, unsigned char, std::size_t, CudaHandle))           \
  X(copyToDevice, "cuMemcpyHtoDAsync_v2", (CudaAddress, const void *, std::size_t, CudaHandle))    \
  X(copyToHost, "cuMemcpyDtoHAsync_v2", (void *, CudaAddress, std::size_t, CudaHandle))            \
  X(moduleLoad, "cuModuleLoadData", (CudaHandle *, const void *))                                  \
  X(moduleUnload, "cuModuleUnload", (CudaHandle))                                                  \
  X(moduleFunction, "cuModuleGetFunction", (CudaHandle *, CudaHandle, const char *))               \
  X(streamCreate, "cuStreamCreate", (CudaHandle *, unsigned))                                      \
  X(streamDestroy, "cuStreamDestroy_v2", (CudaHandle))                                             \
  X(streamWait, "cuStreamSynchronize", (CudaHandle))                                               \
  X(captureBegin, "cuStreamBeginCapture_v2", (CudaHandle, int))                                    \
  X(captureEnd, "cuStreamEndCapture", (CudaHandle, CudaHandle *))                                  \
  X(graphInstantiate, "cuGraphInstantiateWithFlags", (CudaHandle *, CudaHandle, std::uint64_t))    \
  X(graphDestroy, "cuGraphDestroy", (CudaHandle))                                                  \
  X(graphLaunch, "cuGraphLaunch", (CudaHandle, CudaHandle))                                        \
  X(graphExecDestroy, "cuGraphExecDestroy", (CudaHandle))                                          \
  X(launch, "cuLaunchKernel",                                                                      \
    (CudaHandle, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, CudaHandle, \
     void **, void **))

class CudaDriver {
public:
  /// The driver of this machine, opened once. Throws a NoDevice that says what is missing.
  static const CudaDriver &get();

#define CRIA_CUDA_FIELD(name, symbol, parameters)                                                  \
  int(*name) parameters = nullptr; // NOLINT(bugprone-macro-parentheses): it is a declaration
  CRIA_CUDA_FUNCTIONS(CRIA_CUDA_FIELD)
#undef CRIA_CUDA_FIELD

  /// Throws a cria::Error with `what` and the driver's name of `status`, unless that is 0.
  void check(int status, const char *what) const;

private:
  CudaDriver();
  const char *nameOf(int status) const;
};

} // namespace cria::rt
