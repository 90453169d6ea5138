//===- GpuApi.cpp - The interfaces of drivers of GPUs ---------------------===//
#include "runtime/device/GpuApi.h"
#include <algorithm>

namespace cria::rt {
namespace {

#define CRIA_CUDA_SYMBOL(name, cuda, hip, parameters) cuda,
constexpr const char *cudaSymbols[] = {CRIA_GPU_FUNCTIONS(CRIA_CUDA_SYMBOL)};
#undef CRIA_CUDA_SYMBOL
#define CRIA_HIP_SYMBOL(name, cuda, hip, parameters) hip,
constexpr const char *hipSymbols[] = {CRIA_GPU_FUNCTIONS(CRIA_HIP_SYMBOL)};
#undef CRIA_HIP_SYMBOL

constexpr const char *cudaLibraries[] = {"libcuda.so.1"};
// Without a number it comes with the development files; what is used of it is in all of these.
constexpr const char *hipLibraries[] = {"libamdhip64.so", "libamdhip64.so.7", "libamdhip64.so.6"};

constexpr GpuApi apis[] = {
    {"cuda", "NVIDIA", "nvidia", "NVIDIA driver", cudaLibraries, cudaSymbols},
    {"hip", "AMD", "amd", "HIP runtime", hipLibraries, hipSymbols}};

} // namespace

std::span<const GpuApi> gpuApis() { return apis; }

const GpuApi *findGpuApi(std::string_view name) {
  auto found = std::ranges::find(apis, name, &GpuApi::name);
  return found == std::end(apis) ? nullptr : found;
}

} // namespace cria::rt
