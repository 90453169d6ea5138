//===- Cpu.cpp - The CPUs that a command line names -----------------------===//
#include "driver/Cpu.h"
#include "runtime/CpuCheck.h"
#include "support/Error.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/TargetParser/Host.h"

using namespace llvm;

namespace cria::driver {
namespace {

/// Features of the host, which its CPU name alone does not determine; without those that the
/// operating system refuses to this process.
std::string hostFeatures() {
  std::string list;
  for (const auto &[name, present] : sys::getHostCPUFeatures()) {
    bool usable = present && rt::cpuHas(name) != false;
    list += (list.empty() ? "" : ",") + std::string(usable ? "+" : "-") + name.str();
  }
  return list;
}

/// The least that a system of `triple` has.
std::string baseline(const Triple &triple) {
  return triple.isX86() ? "x86-64" : triple.isRISCV() ? "generic-rv64" : "generic";
}

void add(std::string &list, const std::string &more) {
  if (!more.empty())
    list += (list.empty() ? "" : ",") + more;
}

void requireFeature(StringRef feature, const MCSubtargetInfo &subtarget, const Cpu &cpu,
                    const Triple &triple) {
  for (const SubtargetFeatureKV &known : subtarget.getAllProcessorFeatures())
    if (feature == known.Key)
      return;
  throw Error("--cpu: " + cpu.name + ": \"" + feature.str() + "\" is not a feature of " +
              triple.getArchName().str() + " known to LLVM");
}

} // namespace

Cpu readCpu(const std::string &item, const llvm::Target &target, const Triple &triple,
            bool native) {
  auto [base, added] = StringRef(item).split('+');
  Cpu cpu{item, base.str(), ""};
  if (base == "native") {
    bool here = triple.getArch() == Triple(sys::getProcessTriple()).getArch();
    cpu.base = here ? sys::getHostCPUName().str() : baseline(triple);
    cpu.name = cpu.base + item.substr(base.size());
    if (native)
      cpu.features = hostFeatures();
  }
  // LLVM takes a RISC-V CPU for what its name says; the standard library needs all of rv64gc.
  if (triple.isRISCV())
    add(cpu.features, "+m,+a,+f,+d,+c");
  // Every browser has had these since 2021; without vectors code would be four times slower.
  if (triple.isWasm())
    add(cpu.features, "+simd128,+bulk-memory,+nontrapping-fptoint,+sign-ext");
  std::unique_ptr<MCSubtargetInfo> any(target.createMCSubtargetInfo(triple, "", ""));
  if (!any->isCPUStringValid(cpu.base))
    throw Error("--cpu: \"" + cpu.base + "\" is not a CPU of " + triple.getArchName().str() +
                " known to LLVM");
  std::unique_ptr<MCSubtargetInfo> itself(target.createMCSubtargetInfo(triple, cpu.base, ""));
  if (!triple.isAArch64() && !triple.isWasm() && !itself->checkFeatures("+64bit"))
    throw Error("--cpu: \"" + cpu.base + "\" is not a 64-bit CPU");
  if (added.empty() && item.size() > base.size())
    throw Error("--cpu: " + item + ": a feature is missing after +");
  for (StringRef feature : split(added, '+')) {
    if (added.empty())
      break;
    requireFeature(feature, *any, cpu, triple);
    add(cpu.features, "+" + feature.str());
  }
  return cpu;
}

std::vector<std::string> splitCpus(const std::string &list) {
  std::vector<std::string> items;
  for (StringRef item : split(list, ','))
    items.push_back(item.trim().str());
  if (llvm::is_contained(items, ""))
    throw Error("--cpu: \"" + list + "\" has an empty name");
  return items;
}

} // namespace cria::driver
