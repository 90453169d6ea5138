//===- Target.cpp - The target machine ------------------------------------===//
#include "driver/Target.h"
#include "driver/Cpu.h"
#include "driver/Gpu.h"
#include "runtime/CpuCheck.h"
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
    InitializeAllDisassemblers();
    return true;
  }();
  (void)once;
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
  // RISC-V registers are as wide as the CPU makes them; LLVM counts groups of two.
  if (machine.getTargetTriple().isRISCV()) {
    for (int64_t bits = description.vectorBits; bits <= 1 << 16; bits *= 2)
      if (machine.getMCSubtargetInfo()->checkFeatures("+zvl" + std::to_string(bits) + "b"))
        description.vectorBits = bits, description.vectorRegisters = 32;
    return;
  }
  if (auto bits =
          info.getRegisterBitWidth(TargetTransformInfo::RGK_FixedWidthVector).getFixedValue())
    description.vectorBits = int64_t(bits);
  if (unsigned count = info.getNumberOfRegisters(info.getRegisterClassForType(/*Vector=*/true)))
    description.vectorRegisters = count;
}

/// Corrects what LLVM prefers by what the hardware has, and adds what units of products need.
void describeCpu(TargetMachine &machine, const std::string &cpu, TargetInfo &description) {
  const MCSubtargetInfo &subtarget = *machine.getMCSubtargetInfo();
  const Triple &triple = machine.getTargetTriple();
  // Some CPUs are tuned for narrower vectors where code mixes little of them with scalar code.
  if (triple.isX86() && subtarget.checkFeatures("+avx512f")) {
    description.vectorBits = 512;
    description.vectorRegisters = 32;
  }
  static constexpr StringRef ofX86[] = {"avx2", "avxvnni", "avx512vnni", "avx512bf16", "amx-bf16"};
  static constexpr StringRef ofArm[] = {"dotprod", "bf16"};
  ArrayRef<StringRef> units;
  if (triple.isX86())
    units = ofX86;
  else if (triple.isAArch64())
    units = ofArm;
  for (StringRef unit : units) {
    std::string needed = "+" + unit.str();
    if (unit == "avx512vnni") // for vectors of 256 bits
      needed += ",+avx512vl";
    if (subtarget.checkFeatures(needed))
      description.features.push_back(unit.str());
  }
  // Measured: docs/decisions/0015-units-of-products.md.
  if (cpu == "znver4")
    description.readStreams = 1;
  if (cpu == "znver5")
    description.prefetchBytes = 4096;
}

/// `value`, or `otherwise` if the system does not know it.
int64_t known(long value, int64_t otherwise) { return value > 0 ? value : otherwise; }

} // namespace

bool Target::isHost() const {
  const Triple &triple = machine->getTargetTriple();
  Triple host(sys::getProcessTriple());
  return triple.getArch() == host.getArch() && triple.getOS() == host.getOS();
}

std::vector<std::string> Target::missingHere() const { return rt::checkFeatures(features).missing; }

std::vector<Target> makeTargets(const std::string &triple, const std::string &cpus) {
  std::vector<Target> targets;
  for (const std::string &cpu : splitCpus(cpus)) {
    Target target = makeTarget(triple, cpu);
    for (const Target &other : targets)
      if (other.cpu == target.cpu)
        throw Error("--cpu: \"" + cpus + "\" names " + target.cpu + " twice");
    targets.push_back(std::move(target));
  }
  return targets;
}

Target makeTarget(const std::string &tripleName, const std::string &cpu) {
  initializeTargets();
  if (driver::isGpu(tripleName))
    return makeGpu(tripleName, cpu);
  bool native = tripleName == "native";
  Triple triple(native ? sys::getProcessTriple() : Triple::normalize(tripleName));
  std::string message;
  const llvm::Target *target = TargetRegistry::lookupTarget(triple, message);
  if (!target)
    throw Error("--target: \"" + tripleName + "\" is not a target known to LLVM");
  bool wasm = triple.getArch() == Triple::wasm32;
  if (!triple.isX86() && !triple.isAArch64() && !triple.isRISCV() && !triple.isWasm())
    throw Error("--target: \"" + tripleName +
                "\" is not supported; use x86-64, AArch64, RISC-V, wasm32, nvidia or amd");
  if (triple.isWasm() != wasm)
    throw Error("--target: \"" + tripleName + "\" is not supported; use wasm32");
  if (!wasm && !triple.isArch64Bit())
    throw Error("--target: \"" + tripleName + "\" is not a 64-bit target");

  Cpu named = readCpu(cpu, *target, triple, native);
  Target result;
  result.name = triple.str();
  result.cpu = named.name;
  result.machine.reset(target->createTargetMachine(
      triple, named.base, named.features, TargetOptions(), wasm ? Reloc::Static : Reloc::PIC_,
      std::nullopt, CodeGenOptLevel::Aggressive));
  result.features = enabledFeatures(*result.machine->getMCSubtargetInfo());
  describeVectors(*result.machine, result.info);
  describeCpu(*result.machine, named.base, result.info);
  if (native) {
    result.info.l1Bytes = known(sysconf(_SC_LEVEL1_DCACHE_SIZE), result.info.l1Bytes);
    result.info.l2Bytes = known(sysconf(_SC_LEVEL2_CACHE_SIZE), result.info.l2Bytes);
    result.info.cores =
        known(get_physical_cores(), std::max(1u, std::thread::hardware_concurrency()));
  }
  return result;
}

} // namespace cria::driver
