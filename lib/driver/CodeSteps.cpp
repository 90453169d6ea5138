//===- CodeSteps.cpp - What LLVM makes, as events -------------------------===//
#include "driver/CodeSteps.h"
#include "driver/Codegen.h"
#include "support/Error.h"
#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/Bitcode/BitcodeWriter.h"

namespace cria::driver {

std::string print(const llvm::Module &module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  module.print(stream, nullptr);
  return text;
}

void tellCode(Observer &observer, Step step, const llvm::Module &module) {
  std::string text = observer.readsIr() ? print(module) : "";
  step.text = text;
  step.extension = "ll";
  observer.stepped(step);
}

void tellAssembly(Observer &observer, llvm::StringRef text, double seconds) {
  Step step{"code", "asm", "machine code by LLVM's code generator", seconds};
  step.text = text;
  step.extension = "s";
  observer.stepped(step);
}

std::string assemblyOf(const llvm::Module &module, const Target &target) {
  llvm::SmallString<0> bitcode;
  llvm::raw_svector_ostream stream(bitcode);
  // The order of uses decides some registers, so the copy keeps it.
  llvm::WriteBitcodeToFile(module, stream, /*ShouldPreserveUseListOrder=*/true);
  llvm::LLVMContext context;
  auto copy = llvm::parseBitcodeFile(llvm::MemoryBufferRef(bitcode, "cria"), context);
  if (!copy)
    throw Error("assembly: " + llvm::toString(copy.takeError()));
  return generateAssembly(**copy, target);
}

} // namespace cria::driver
