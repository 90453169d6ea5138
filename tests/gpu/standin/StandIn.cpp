//===- StandIn.cpp - A CUDA driver for machines without a GPU -------------===//
//
// Built as a libcuda.so.1 that runs kernels on the emulator: the code of a program is looked up in
// the library that $CRIA_EMULATED_KERNELS names, which emulate-kernels made of the same kernels.
// Memory of the device is memory of the process, whose bytes are 0xff until they are written. The
// free memory is $CRIA_EMULATED_MEMORY bytes, or much. Launch number $CRIA_EMULATED_LOSS fails, as
// if the device was lost.
//
//===----------------------------------------------------------------------===//
#include "gpu/emulator/Emulator.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace {

using Handle = void *;
enum Status {
  success,
  invalidValue = 1,
  outOfMemory = 2,
  invalidImage = 200,
  notFound = 500,
  lost = 719
};

int token; // what handles point to
void *kernels = nullptr;

using Work = std::function<Status()>;
using Graph = std::vector<Work>;
std::unique_ptr<Graph> captured; ///< what the stream is given while it is captured

long number(const char *variable, long otherwise) {
  const char *text = std::getenv(variable);
  return text ? std::atol(text) : otherwise;
}

} // namespace

#define CRIA_DRIVER extern "C" __attribute__((visibility("default"))) int

CRIA_DRIVER cuInit(unsigned) { return success; }
CRIA_DRIVER cuGetErrorName(int status, const char **name) {
  *name = status == outOfMemory    ? "CUDA_ERROR_OUT_OF_MEMORY"
          : status == invalidImage ? "CUDA_ERROR_INVALID_IMAGE"
          : status == notFound     ? "CUDA_ERROR_NOT_FOUND"
          : status == lost         ? "CUDA_ERROR_LAUNCH_FAILED"
                                   : "CUDA_ERROR_INVALID_VALUE";
  return success;
}
CRIA_DRIVER cuDriverGetVersion(int *version) { return *version = 13000, success; }
CRIA_DRIVER cuDeviceGetCount(int *count) { return *count = 1, success; }
CRIA_DRIVER cuDeviceGet(int *device, int) { return *device = 0, success; }
CRIA_DRIVER cuDeviceGetName(char *name, int size, int) {
  return std::snprintf(name, std::size_t(size), "emulated GPU"), success;
}
CRIA_DRIVER cuDeviceGetAttribute(int *value, int, int) { return *value = 9, success; }
CRIA_DRIVER cuDevicePrimaryCtxRetain(Handle *context, int) { return *context = &token, success; }
CRIA_DRIVER cuDevicePrimaryCtxRelease_v2(int) { return success; }
CRIA_DRIVER cuCtxSetCurrent(Handle) { return success; }
CRIA_DRIVER cuMemGetInfo_v2(std::size_t *free, std::size_t *total) {
  *free = *total = std::size_t(number("CRIA_EMULATED_MEMORY", 1L << 40));
  return success;
}
CRIA_DRIVER cuMemAlloc_v2(std::uint64_t *address, std::size_t bytes) {
  std::size_t whole = (bytes + 255) / 256 * 256;
  void *memory = std::aligned_alloc(256, whole);
  if (!memory)
    return outOfMemory;
  std::memset(memory, 0xff, whole);
  *address = reinterpret_cast<std::uint64_t>(memory);
  return success;
}
CRIA_DRIVER cuMemFree_v2(std::uint64_t address) {
  std::free(reinterpret_cast<void *>(address));
  return success;
}
CRIA_DRIVER cuMemsetD8Async(std::uint64_t address, unsigned char byte, std::size_t bytes, Handle) {
  std::memset(reinterpret_cast<void *>(address), byte, bytes);
  return success;
}
CRIA_DRIVER cuMemcpyHtoDAsync_v2(std::uint64_t to, const void *from, std::size_t bytes, Handle) {
  std::memcpy(reinterpret_cast<void *>(to), from, bytes);
  return success;
}
CRIA_DRIVER cuMemcpyDtoHAsync_v2(void *to, std::uint64_t from, std::size_t bytes, Handle) {
  std::memcpy(to, reinterpret_cast<void *>(from), bytes);
  return success;
}
CRIA_DRIVER cuModuleLoadData(Handle *module, const void *image) {
  if (!std::strstr(static_cast<const char *>(image), ".version"))
    return invalidImage;
  const char *library = std::getenv("CRIA_EMULATED_KERNELS");
  kernels = library ? dlopen(library, RTLD_NOW | RTLD_LOCAL) : nullptr;
  if (!kernels)
    std::fprintf(stderr, "emulator: $CRIA_EMULATED_KERNELS: %s\n", library ? dlerror() : "not set");
  return *module = &token, kernels ? success : invalidImage;
}
CRIA_DRIVER cuModuleUnload(Handle) { return success; }
CRIA_DRIVER cuModuleGetFunction(Handle *function, Handle, const char *name) {
  *function = dlsym(kernels, ("emulated_" + std::string(name)).c_str());
  return *function ? success : notFound;
}
CRIA_DRIVER cuStreamCreate(Handle *stream, unsigned) { return *stream = &token, success; }
CRIA_DRIVER cuStreamDestroy_v2(Handle) { return success; }
CRIA_DRIVER cuStreamSynchronize(Handle) { return captured ? invalidValue : success; }
CRIA_DRIVER cuStreamBeginCapture_v2(Handle, int) {
  captured = std::make_unique<Graph>();
  return success;
}
CRIA_DRIVER cuStreamEndCapture(Handle, Handle *graph) {
  *graph = captured.release();
  return success;
}
CRIA_DRIVER cuGraphInstantiateWithFlags(Handle *ready, Handle graph, std::uint64_t) {
  *ready = new Graph(*static_cast<Graph *>(graph));
  return success;
}
CRIA_DRIVER cuGraphDestroy(Handle graph) {
  delete static_cast<Graph *>(graph);
  return success;
}
CRIA_DRIVER cuGraphExecDestroy(Handle graph) { return cuGraphDestroy(graph); }
CRIA_DRIVER cuGraphLaunch(Handle graph, Handle) {
  for (const Work &work : *static_cast<Graph *>(graph))
    if (Status status = work(); status != success)
      return status;
  return success;
}
CRIA_DRIVER cuLaunchKernel(Handle function, unsigned x, unsigned y, unsigned z, unsigned threads,
                           unsigned, unsigned, unsigned, Handle, void **parameters, void **) {
  auto *kernel = static_cast<const cria::emulator::Kernel *>(function);
  std::vector<std::uint64_t> words(kernel->arguments); // as they are now, as the driver takes them
  for (std::size_t i = 0; i < words.size(); ++i)
    std::memcpy(&words[i], parameters[i], sizeof words[i]);
  Work work = [=] {
    static long launches = 0;
    if (++launches == number("CRIA_EMULATED_LOSS", 0))
      return lost;
    try {
      cria::emulator::launch(*kernel, {x, y, z}, threads, words, unsigned(launches % 3));
    } catch (const std::exception &error) {
      std::fprintf(stderr, "%s\n", error.what());
      return lost;
    }
    return success;
  };
  if (!captured)
    return work();
  captured->push_back(work);
  return success;
}
