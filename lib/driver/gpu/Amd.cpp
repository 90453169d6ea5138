//===- Amd.cpp - AMD's GPUs, through AMDGPU -------------------------------===//
//
// The image is a code object: a shared library in ELF with a note that describes the kernels.
//
//===----------------------------------------------------------------------===//
#include "driver/Codegen.h"
#include "driver/RunTool.h"
#include "driver/ScratchFile.h"
#include "driver/gpu/Vendor.h"

using namespace llvm;

namespace cria::driver {
namespace {

TargetInfo describe(const MCSubtargetInfo &chip) {
  constexpr int64_t ofMi300x = 304;
  if (!chip.checkFeatures("+gfx8-insts"))
    throw Error("--target: \"" + chip.getCPU().str() +
                "\" has no ds_bpermute, by which lanes exchange numbers; gfx801 and newer have it");
  return gpuInfo("rocdl", ofMi300x);
}

/// Older drivers take version 5 alone, and code for several chips at once needs version 6.
void prepare(Module &kernels, const Target &target) {
  constexpr uint32_t forOne = 500, forSeveral = 600;
  bool several = StringRef(target.cpu).ends_with("-generic");
  kernels.addModuleFlag(Module::Error, "amdhsa_code_object_version", several ? forSeveral : forOne);
}

std::string codeObject(Module &kernels, const Target &target) {
  std::string linker = findTool({"ld.lld-22", "ld.lld"});
  if (linker.empty())
    throw Error(
        "--target: \"" + target.name +
        "\": ld.lld of lld is needed to link its kernels, and is not here; --emit=asm needs "
        "none");
  ScratchFile object("o"), image("so"), messages("txt");
  generate(kernels, target, CodeGenFileType::ObjectFile, object.path());
  std::string input = object.path(), output = image.path();
  StringRef command[] = {linker, "-shared", "--no-undefined", "-o", output, input};
  if (auto why = runTool(command, messages.path()))
    throw Error("--target: \"" + target.name + "\": linking kernels failed: " + *why);
  return image.text();
}

} // namespace

constexpr Vendor amd{.name = "amd",
                     .triple = "amdgcn-amd-amdhsa",
                     .chip = "gfx942",
                     .features = "",
                     .device = "hip",
                     .describe = describe,
                     .prepare = prepare,
                     .image = codeObject};

} // namespace cria::driver
