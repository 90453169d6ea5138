//===- Gpu.cpp - The GPUs that a command line names -----------------------===//
#include "driver/Gpu.h"
#include "support/Error.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"

using namespace llvm;

namespace cria::driver {
namespace {

/// GPUs whose code one back end of LLVM makes.
struct Vendor {
  StringLiteral name, triple, chip; ///< the chip if none is named
  StringLiteral features;           ///< of the assembly, which drivers of that age take
  TargetInfo info;
};

const Vendor *vendorOf(StringRef target) {
  // A tile reads tens of kilobytes of weights, a few rows for each warp of a block, and there are
  // several tiles for each multiprocessor.
  static const Vendor vendors[] = {{"nvidia", "nvptx64-nvidia-cuda", "sm_80", "+ptx80",
                                    TargetInfo{.vectorBits = 1024,
                                               .vectorRegisters = 64,
                                               .l1Bytes = int64_t(32) << 10,
                                               .l2Bytes = int64_t(256) << 10,
                                               .cores = 132,
                                               .readStreams = 1,
                                               .backend = Backend::gpu}}};
  for (const Vendor &vendor : vendors)
    if (target.split(':').first == vendor.name)
      return &vendor;
  return nullptr;
}

} // namespace

bool isGpu(const std::string &target) { return vendorOf(target) != nullptr; }

Target makeGpu(const std::string &name, const std::string &cpu) {
  const Vendor &vendor = *vendorOf(name);
  if (cpu != "native")
    throw Error("--cpu: \"" + cpu + "\": a GPU is named by --target, as in " + vendor.name.str() +
                ":" + vendor.chip.str());
  Triple triple(vendor.triple);
  std::string message;
  const llvm::Target *target = TargetRegistry::lookupTarget(triple, message);
  if (!target)
    throw Error("--target: \"" + name + "\": this LLVM has no code generator for it");
  auto [_, chip] = StringRef(name).split(':');
  if (chip.empty() && name.size() > vendor.name.size())
    throw Error("--target: \"" + name + "\": a chip is missing after the colon, as in " +
                vendor.name.str() + ":" + vendor.chip.str());
  if (chip.empty())
    chip = vendor.chip;
  std::unique_ptr<MCSubtargetInfo> any(target->createMCSubtargetInfo(triple, "", ""));
  if (!any->isCPUStringValid(chip))
    throw Error("--target: \"" + chip.str() + "\" is not a chip of " + vendor.name.str() +
                " known to LLVM");
  Target result;
  result.name = vendor.name.str() + ":" + chip.str();
  result.cpu = chip.str();
  result.machine.reset(target->createTargetMachine(triple, chip, vendor.features, TargetOptions(),
                                                   std::nullopt, std::nullopt,
                                                   CodeGenOptLevel::Aggressive));
  result.features = vendor.features.str();
  result.info = vendor.info;
  constexpr int withBf16 = 80;
  if (int number = 0;
      !chip.drop_front(strlen("sm_")).take_while(isDigit).getAsInteger(10, number) &&
      number >= withBf16)
    result.info.features = {"mma-bf16", exactTensorCores.str()};
  return result;
}

} // namespace cria::driver
