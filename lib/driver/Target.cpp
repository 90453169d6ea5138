//===- Target.cpp - The target machine ------------------------------------===//
#include "driver/Target.h"
#include "support/Error.h"
#include "llvm/Analysis/TargetTransformInfo.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/Threading.h"
#include "llvm/TargetParser/Host.h"
#include <thread>
#include <unistd.h>

using namespace llvm;

namespace cria::driver {
namespace {

void initializeTargets() {
  static bool once = [] {
    InitializeAllTargetInfos();
    InitializeAllTargets();
    InitializeAllTargetMCs();
    InitializeAllAsmParsers();
    InitializeAllAsmPrinters();
    return true;
  }();
  (void)once;
}

/// Features of the host, which its CPU name alone does not determine.
std::string hostFeatures() {
  std::string list;
  for (const auto &[name, present] : sys::getHostCPUFeatures())
    list += (list.empty() ? "" : ",") + std::string(present ? "+" : "-") + name.str();
  return list;
}

std::string enabledFeatures(const MCSubtargetInfo &subtarget) {
  std::string list;
  for (const SubtargetFeatureKV &feature : subtarget.getEnabledProcessorFeatures())
    list += (list.empty() ? "+" : ",+") + std::string(feature.Key);
  return list;
}

/// Reads width and number of the vector registers from LLVM's cost model of the target.
void describeVectors(TargetMachine &machine, TargetInfo &description) {
  LLVMContext context;
  Module module("probe", context);
  auto *function = Function::Create(FunctionType::get(Type::getVoidTy(context), false),
                                    GlobalValue::ExternalLinkage, "probe", module);
  function->addFnAttr("target-cpu", machine.getTargetCPU());
  function->addFnAttr("target-features", machine.getTargetFeatureString());
  TargetTransformInfo info = machine.getTargetTransformInfo(*function);
  if (auto bits =
          info.getRegisterBitWidth(TargetTransformInfo::RGK_FixedWidthVector).getFixedValue())
    description.vectorBits = int64_t(bits);
  if (unsigned count = info.getNumberOfRegisters(info.getRegisterClassForType(/*Vector=*/true)))
    description.vectorRegisters = count;
}

/// Corrects what LLVM prefers by what the hardware has, and adds what units of products need.
void describeCpu(TargetMachine &machine, const std::string &cpu, TargetInfo &description) {
  const MCSubtargetInfo &subtarget = *machine.getMCSubtargetInfo();
  bool x86 = machine.getTargetTriple().isX86();
  // Some CPUs are tuned for narrower vectors where code mixes little of them with scalar code.
  if (x86 && subtarget.checkFeatures("+avx512f")) {
    description.vectorBits = 512;
    description.vectorRegisters = 32;
  }
  for (const char *feature : x86 ? std::initializer_list<const char *>{"avx512bf16"}
                                 : std::initializer_list<const char *>{"bf16"})
    if (subtarget.checkFeatures(std::string("+") + feature))
      description.features.emplace_back(feature);
  // Prefetches slow these down; see docs/decisions/0015-units-of-products.md.
  if (cpu == "znver4" || cpu == "znver5")
    description.prefetchBytes = 0;
}

/// `value`, or `otherwise` if the system does not know it.
int64_t known(long value, int64_t otherwise) { return value > 0 ? value : otherwise; }

} // namespace

bool Target::isHost() const {
  const Triple &triple = machine->getTargetTriple();
  Triple host(sys::getProcessTriple());
  return triple.getArch() == host.getArch() && triple.getOS() == host.getOS();
}

Target makeTarget(const std::string &tripleName, const std::string &cpu) {
  initializeTargets();
  bool native = tripleName == "native";
  Triple triple(native ? sys::getProcessTriple() : Triple::normalize(tripleName));
  std::string message;
  const llvm::Target *target = TargetRegistry::lookupTarget(triple, message);
  if (!target)
    throw Error("--target: \"" + tripleName + "\" is not a target known to LLVM");
  if (!triple.isX86() && !triple.isAArch64())
    throw Error("--target: \"" + tripleName + "\" is not supported; use x86-64 or AArch64");
  if (!triple.isArch64Bit())
    throw Error("--target: \"" + tripleName + "\" is not a 64-bit target");

  Target result;
  bool nativeCpu = cpu == "native";
  if (nativeCpu && triple.getArch() != Triple(sys::getProcessTriple()).getArch())
    // The baseline CPU of a foreign architecture.
    result.cpu = triple.isX86() ? "x86-64" : "generic";
  else
    result.cpu = nativeCpu ? sys::getHostCPUName().str() : cpu;
  std::string features = nativeCpu && native ? hostFeatures() : "";

  std::unique_ptr<MCSubtargetInfo> subtarget(target->createMCSubtargetInfo(triple, "", ""));
  if (!subtarget->isCPUStringValid(result.cpu))
    throw Error("--cpu: \"" + result.cpu + "\" is not a CPU of " + triple.getArchName().str() +
                " known to LLVM");
  result.machine.reset(target->createTargetMachine(triple, result.cpu, features, TargetOptions(),
                                                   Reloc::PIC_, std::nullopt,
                                                   CodeGenOptLevel::Aggressive));
  result.features = enabledFeatures(*result.machine->getMCSubtargetInfo());
  describeVectors(*result.machine, result.info);
  describeCpu(*result.machine, result.cpu, result.info);
  if (native) {
    result.info.l1Bytes = known(sysconf(_SC_LEVEL1_DCACHE_SIZE), result.info.l1Bytes);
    result.info.l2Bytes = known(sysconf(_SC_LEVEL2_CACHE_SIZE), result.info.l2Bytes);
    result.info.cores =
        known(get_physical_cores(), std::max(1u, std::thread::hardware_concurrency()));
  }
  return result;
}

} // namespace cria::driver
