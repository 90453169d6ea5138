//===- Gpu.cpp - The GPUs that a command line names -----------------------===//
#include "driver/Gpu.h"
#include "driver/gpu/Vendor.h"
#include "support/Error.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"

using namespace llvm;

namespace cria::driver {
namespace {

const Vendor *vendorOf(StringRef target) {
  for (const Vendor *vendor : {&nvidia, &amd})
    if (target.split(':').first == vendor->name)
      return vendor;
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
  result.vendor = &vendor;
  result.info = vendor.describe(*result.machine->getMCSubtargetInfo());
  return result;
}

} // namespace cria::driver
