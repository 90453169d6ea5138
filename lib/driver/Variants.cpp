//===- Variants.cpp - Code for several CPUs in one module -----------------===//
#include "driver/Variants.h"
#include "driver/Wasm.h"
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

} // namespace

void Variants::add(Lowering &lowering) {
  std::unique_ptr<Module> module = lowering.translate(*code.context);
  CodeFacts added = lowering.codeFacts();
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
  else if (!code.module->getTargetTriple().isNVPTX())
    addDescriptor(*code.module, source, allFacts);
  return std::move(code);
}

} // namespace cria::driver
