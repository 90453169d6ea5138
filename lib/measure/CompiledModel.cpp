//===- CompiledModel.cpp - A model compiled into this process -------------===//
#include "measure/CompiledModel.h"
#include "driver/Codegen.h"
#include "driver/Variants.h"

namespace cria::measure {
namespace {

struct Inspection : driver::Observer {
  explicit Inspection(KernelInspector inspect) : inspect(inspect) {}
  void scheduled(driver::Lowering &lowering) override {
    driver::Stopwatch watch;
    inspect(lowering);
    seconds = watch.seconds();
  }
  KernelInspector inspect;
  double seconds = 0;
};

} // namespace

CompiledModel::CompiledModel(const driver::Options &options, const driver::Source &source,
                             const driver::Target &target, llvm::ArrayRef<llvm::StringRef> fusions,
                             KernelInspector inspect, const driver::Target *host) {
  driver::Stopwatch total;
  Inspection inspection(inspect);
  driver::Lowering lowering(options, source, target, inspection);
  lowering.run(fusions);
  driver::Variants variants(/*several=*/false, host);
  variants.add(lowering);
  driver::LlvmCode code = variants.finish(source);
  const driver::Target &machine = host ? *host : target;
  driver::optimize(*code.module, machine);
  machineCode.emplace(std::move(code.module), std::move(code.context), machine);
  compiled = machineCode->lookup<const cria_model>(CRIA_MODEL_SYMBOL_NAME);
  seconds = total.seconds() - inspection.seconds;
}

} // namespace cria::measure
