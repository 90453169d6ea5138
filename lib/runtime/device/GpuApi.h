//===- GpuApi.h - The interfaces of drivers of GPUs -------------*- C++ -*-===//
//
// CUDA's driver API and HIP, which has the same functions under other names. Nothing of a vendor's
// is needed to build or to start a program: what is declared here is looked up in the vendor's
// library when a GPU is opened.
//
//===----------------------------------------------------------------------===//
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace cria::rt {

/// A context, module, function, stream, graph or event.
using GpuHandle = struct GpuOpaque *;
using GpuAddress = std::uint64_t;

/// A CUlaunchAttribute.
struct GpuLaunchAttribute {
  int kind;
  char padding[4];
  union {
    char bytes[64];
    int number;
  };
  static constexpr int early = 6; ///< programmatic stream serialization
};
/// A CUlaunchConfig.
struct GpuLaunch {
  unsigned blocks[3], threads[3], sharedBytes;
  GpuHandle stream;
  const GpuLaunchAttribute *attributes;
  unsigned attributeCount;
};

// X(name, symbol of CUDA, symbol of HIP, parameters). A suffix of a symbol is a version of the ABI.
#define CRIA_GPU_FUNCTIONS(X)                                                                      \
  X(init, "cuInit", "hipInit", (unsigned))                                                         \
  X(errorName, "cuGetErrorName", "hipDrvGetErrorName", (int, const char **))                       \
  X(deviceCount, "cuDeviceGetCount", "hipGetDeviceCount", (int *))                                 \
  X(deviceGet, "cuDeviceGet", "hipDeviceGet", (int *, int))                                        \
  X(deviceName, "cuDeviceGetName", "hipDeviceGetName", (char *, int, int))                         \
  X(contextRetain, "cuDevicePrimaryCtxRetain", "hipDevicePrimaryCtxRetain", (GpuHandle *, int))    \
  X(contextRelease, "cuDevicePrimaryCtxRelease_v2", "hipDevicePrimaryCtxRelease", (int))           \
  X(contextSet, "cuCtxSetCurrent", "hipCtxSetCurrent", (GpuHandle))                                \
  X(memoryInfo, "cuMemGetInfo_v2", "hipMemGetInfo", (std::size_t *, std::size_t *))                \
  X(memoryAllocate, "cuMemAlloc_v2", "hipMalloc", (GpuAddress *, std::size_t))                     \
  X(memoryFree, "cuMemFree_v2", "hipFree", (GpuAddress))                                           \
  X(hostAllocate, "cuMemHostAlloc", "hipHostMalloc", (void **, std::size_t, unsigned))             \
  X(hostFree, "cuMemFreeHost", "hipHostFree", (void *))                                            \
  X(memorySet, "cuMemsetD8Async", "hipMemsetD8Async",                                              \
    (GpuAddress, unsigned char, std::size_t, GpuHandle))                                           \
  X(copyToDevice, "cuMemcpyHtoDAsync_v2", "hipMemcpyHtoDAsync",                                    \
    (GpuAddress, const void *, std::size_t, GpuHandle))                                            \
  X(copyToHost, "cuMemcpyDtoHAsync_v2", "hipMemcpyDtoHAsync",                                      \
    (void *, GpuAddress, std::size_t, GpuHandle))                                                  \
  X(copyOnDevice, "cuMemcpyDtoDAsync_v2", "hipMemcpyDtoDAsync",                                    \
    (GpuAddress, GpuAddress, std::size_t, GpuHandle))                                              \
  X(moduleLoad, "cuModuleLoadData", "hipModuleLoadData", (GpuHandle *, const void *))              \
  X(moduleUnload, "cuModuleUnload", "hipModuleUnload", (GpuHandle))                                \
  X(moduleFunction, "cuModuleGetFunction", "hipModuleGetFunction",                                 \
    (GpuHandle *, GpuHandle, const char *))                                                        \
  X(streamCreate, "cuStreamCreate", "hipStreamCreateWithFlags", (GpuHandle *, unsigned))           \
  X(streamDestroy, "cuStreamDestroy_v2", "hipStreamDestroy", (GpuHandle))                          \
  X(streamWait, "cuStreamSynchronize", "hipStreamSynchronize", (GpuHandle))                        \
  X(captureBegin, "cuStreamBeginCapture_v2", "hipStreamBeginCapture", (GpuHandle, int))            \
  X(captureEnd, "cuStreamEndCapture", "hipStreamEndCapture", (GpuHandle, GpuHandle *))             \
  X(graphInstantiate, "cuGraphInstantiateWithFlags", "hipGraphInstantiateWithFlags",               \
    (GpuHandle *, GpuHandle, std::uint64_t))                                                       \
  X(graphDestroy, "cuGraphDestroy", "hipGraphDestroy", (GpuHandle))                                \
  X(graphLaunch, "cuGraphLaunch", "hipGraphLaunch", (GpuHandle, GpuHandle))                        \
  X(graphExecDestroy, "cuGraphExecDestroy", "hipGraphExecDestroy", (GpuHandle))                    \
  X(eventCreate, "cuEventCreate", "hipEventCreateWithFlags", (GpuHandle *, unsigned))              \
  X(eventRecord, "cuEventRecord", "hipEventRecord", (GpuHandle, GpuHandle))                        \
  X(eventElapsed, "cuEventElapsedTime", "hipEventElapsedTime", (float *, GpuHandle, GpuHandle))    \
  X(eventDestroy, "cuEventDestroy_v2", "hipEventDestroy", (GpuHandle))                             \
  X(launch, "cuLaunchKernel", "hipModuleLaunchKernel",                                             \
    (GpuHandle, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, GpuHandle,   \
     void **, void **))                                                                            \
  X(driverVersion, "cuDriverGetVersion", "hipDriverGetVersion", (int *))

struct GpuApi {
  std::string_view name; ///< as `cria_code` and --device have it
  const char *vendor;
  const char *target;                     ///< for criac --target
  const char *driver;                     ///< what the library is called in messages
  std::span<const char *const> libraries; ///< the first that is there is taken
  std::span<const char *const> symbols;   ///< in the order of CRIA_GPU_FUNCTIONS
};

/// Both of them.
std::span<const GpuApi> gpuApis();
/// Null if there is none of that name.
const GpuApi *findGpuApi(std::string_view name);

} // namespace cria::rt
