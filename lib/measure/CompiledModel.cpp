//===- CompiledModel.cpp - A model compiled into this process -------------===//
#include "measure/CompiledModel.h"
#include "driver/Codegen.h"
#include "driver/Variants.h"
#include "runtime/cli/Stats.h"

namespace cria::measure {

CompiledModel::CompiledModel(const driver::Options &options, const driver::Source &source,
                             const driver::Target &target, llvm::ArrayRef<llvm::StringRef> fusions,
                             KernelInspector inspect) {
  rt::Stopwatch total;
  double inspecting = 0;
  driver::Lowering lowering(options, source, target);
  for (const Phase &phase : phases()) {
    lowering.run(phase, fusions);
    if (phase.name != "schedule")
      continue;
    rt::Stopwatch watch;
    inspect(lowering);
    inspecting = watch.seconds();
  }
  driver::Variants variants(/*several=*/false);
  variants.add(lowering);
  driver::LlvmCode code = variants.finish(source);
  driver::optimize(*code.module, target);
  machineCode.emplace(std::move(code.module), std::move(code.context), target);
  compiled = machineCode->lookup<const cria_model>(CRIA_MODEL_SYMBOL_NAME);
  seconds = total.seconds() - inspecting;
}

} // namespace cria::measure
