//===- Variants.cpp - Code for several CPUs in one module -----------------===//
#include "driver/Variants.h"
#include "driver/Codegen.h"
#include "driver/Wasm.h"
#include "driver/gpu/Vendor.h"
#include "passes/gpu/Block.h"
#include "support/Error.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Linker/Linker.h"

using namespace llvm;

namespace cria::driver {
namespace {

/// ".x86_64_v3": characters that assemblers take in a name without quotes.
std::string suffixOf(StringRef cpu) {
  std::string suffix = "." + cpu.str();
  for (char &c : suffix)
    c = isAlnum(c) ? c : c == '.' ? '.' : '_';
  return suffix;
}

/// The kernels of `lowering` as the driver of a GPU takes them.
std::string imageOf(Lowering &lowering) {
  LLVMContext context;
  std::unique_ptr<Module> kernels = lowering.translate(context);
  optimize(*kernels, lowering.machine());
  return lowering.machine().vendor->image(*kernels, lowering.machine());
}

} // namespace

std::unique_ptr<Module> Variants::translate(Lowering &lowering, CodeFacts &facts) {
  if (!host || !lowering.machine().isGpu())
    return lowering.translate(*code.context);
  facts.device = lowering.machine().vendor->device;
  facts.image = imageOf(lowering);
  facts.blockThreads = blockThreads;
  facts.earlyLaunch = lowering.machine().info.earlyLaunch;
  facts.features = host->features;
  return lowering.translateHost(*code.context, *host);
}

void Variants::add(Lowering &lowering) {
  CodeFacts added = lowering.codeFacts();
  std::unique_ptr<Module> module = translate(lowering, added);
  if (several) {
    added.suffix = suffixOf(added.cpu);
    for (Function &function : *module)
      if (!function.isDeclaration())
        function.setName(function.getName() + added.suffix);
  }
  if (!code.module) {
    code.module = std::move(module);
    allFacts = lowering.facts();
  } else if (llvm::Linker::linkModules(*code.module, std::move(module))) {
    throw Error("the code for " + added.cpu + " could not be added");
  }
  allFacts.variants.push_back(std::move(added));
}

LlvmCode Variants::finish(const Source &source) {
  if (code.module->getTargetTriple().isWasm())
    completeWasm(*code.module);
  else if (!code.module->getTargetTriple().isGPU())
    addDescriptor(*code.module, source, allFacts);
  return std::move(code);
}

} // namespace cria::driver
