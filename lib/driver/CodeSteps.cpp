//===- CodeSteps.cpp - What LLVM makes, as events -------------------------===//
#include "driver/CodeSteps.h"
#include "driver/Codegen.h"
#include "driver/ScratchFile.h"
#include "support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Transforms/Utils/Cloning.h"

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

void tellAssembly(Observer &observer, const llvm::Module &module, const Target &target) {
  if (!observer.readsIr())
    return;
  // Code generation changes what it is given.
  std::unique_ptr<llvm::Module> copy = llvm::CloneModule(module);
  ScratchFile file("s");
  Step step{"code", "asm", "assembly by LLVM's code generator"};
  Stopwatch watch;
  generate(*copy, target, llvm::CodeGenFileType::AssemblyFile, file.path());
  step.seconds = watch.seconds();
  auto text = llvm::MemoryBuffer::getFile(file.path());
  if (!text)
    throw Error(file.path() + ": cannot be read: " + text.getError().message());
  step.text = (*text)->getBuffer();
  step.extension = "s";
  observer.stepped(step);
}

} // namespace cria::driver
