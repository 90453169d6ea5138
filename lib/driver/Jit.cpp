//===- Jit.cpp - Running code in this process -----------------------------===//
#include "driver/Jit.h"
#include "cria/runtime/abi.h"
#include "support/Error.h"
#include "llvm/ExecutionEngine/Orc/AbsoluteSymbols.h"
#include "llvm/ExecutionEngine/Orc/ExecutionUtils.h"
#include "llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"

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
  // They may be in no table of dynamic symbols.
  auto symbol = [&](auto *function) {
    return orc::ExecutorSymbolDef(orc::ExecutorAddr::fromPtr(function), JITSymbolFlags::Exported);
  };
  orc::SymbolMap team{{jit->mangleAndIntern("cria_team_next"), symbol(&cria_team_next)},
                      {jit->mangleAndIntern("cria_team_barrier"), symbol(&cria_team_barrier)},
                      {jit->mangleAndIntern("cria_launch"), symbol(&cria_launch)}};
  if (auto error = code.define(orc::absoluteSymbols(std::move(team))))
    throw Error("cannot run the code here: " + toString(std::move(error)));
  if (auto error = jit->addIRModule(orc::ThreadSafeModule(std::move(module), std::move(context))))
    throw Error("cannot run the code here: " + toString(std::move(error)));
}

Jit::Jit(Jit &&) noexcept = default;
Jit &Jit::operator=(Jit &&) noexcept = default;
Jit::~Jit() = default;

void *Jit::address(StringRef name) const { return require(jit->lookup(name)).toPtr<void *>(); }

} // namespace cria::driver
