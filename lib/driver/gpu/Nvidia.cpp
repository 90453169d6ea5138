//===- Nvidia.cpp - NVIDIA's GPUs, through NVPTX --------------------------===//
//
// The image is PTX, which the driver compiles for its chip.
//
//===----------------------------------------------------------------------===//
#include "driver/Codegen.h"
#include "driver/gpu/Vendor.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace cria::driver {
namespace {

TargetInfo describe(const MCSubtargetInfo &chip) {
  constexpr int64_t ofH100 = 132;
  TargetInfo info = gpuInfo("nvvm", ofH100);
  constexpr int withBf16 = 80, withEarlyLaunch = 90;
  int number = 0;
  StringRef digits = chip.getCPU().drop_front(strlen("sm_")).take_while(isDigit);
  if (digits.getAsInteger(10, number))
    return info;
  if (number >= withBf16)
    info.features = {"mma-bf16", exactTensorCores.str()};
  info.earlyLaunch = number >= withEarlyLaunch;
  return info;
}

/// All lanes of a warp multiply together. LLVM would sink a product into a branch that some take.
void prepare(Module &kernels, const Target &) {
  for (Function &function : kernels)
    if (function.getName().starts_with("llvm.nvvm.mma."))
      for (User *user : function.users())
        cast<CallInst>(user)->setConvergent();
}

} // namespace

constexpr Vendor nvidia{.name = "nvidia",
                        .triple = "nvptx64-nvidia-cuda",
                        .chip = "sm_80",
                        .features = "+ptx80", // which drivers of that age take
                        .device = "cuda",
                        .describe = describe,
                        .prepare = prepare,
                        .image = generateAssembly};

} // namespace cria::driver
