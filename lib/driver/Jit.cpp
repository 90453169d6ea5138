//===- Jit.cpp - Running code in this process -----------------------------===//
#include "driver/Jit.h"
#include "runtime/OpenMp.h"
#include "support/Error.h"
#include "llvm/ExecutionEngine/Orc/AbsoluteSymbols.h"
#include "llvm/ExecutionEngine/Orc/ExecutionUtils.h"
#include "llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h"

using namespace llvm;

namespace cria::driver {
namespace {

template <typename T>
T require(Expected<T> value) {
  if (!value)
    throw Error("cannot run the code here: " + toString(value.takeError()));
  return std::move(*value);
}

} // namespace

Jit::Jit(std::unique_ptr<Module> module, std::unique_ptr<LLVMContext> context,
         const Target &target) {
  const TargetMachine &machine = *target.machine;
  orc::JITTargetMachineBuilder builder(machine.getTargetTriple());
  builder.setCPU(machine.getTargetCPU().str());
  builder.addFeatures({machine.getTargetFeatureString().str()});
  builder.setCodeGenOptLevel(CodeGenOptLevel::Aggressive);
  jit = require(orc::LLJITBuilder().setJITTargetMachineBuilder(std::move(builder)).create());
  char prefix = jit->getDataLayout().getGlobalPrefix();
  orc::JITDylib &code = jit->getMainJITDylib();
  code.addGenerator(require(orc::DynamicLibrarySearchGenerator::GetForCurrentProcess(prefix)));
  orc::SymbolMap openMp;
  for (const rt::OpenMpEntry &entry : rt::openMpEntries())
    openMp[jit->mangleAndIntern(entry.name)] = {orc::ExecutorAddr::fromPtr(entry.address),
                                                JITSymbolFlags::Exported};
  if (auto error = code.define(orc::absoluteSymbols(std::move(openMp))))
    throw Error("cannot run the code here: " + toString(std::move(error)));
  if (auto error = jit->addIRModule(orc::ThreadSafeModule(std::move(module), std::move(context))))
    throw Error("cannot run the code here: " + toString(std::move(error)));
}

void *Jit::address(StringRef name) const { return require(jit->lookup(name)).toPtr<void *>(); }

} // namespace cria::driver
