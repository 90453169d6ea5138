//===- PassWatcher.cpp - Passes as events ---------------------------------===//
#include "driver/PassWatcher.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassInstrumentation.h"

using namespace mlir;

namespace cria::driver {

std::string print(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  // A pass manager verifies what passes leave. Printing would do so once more each time.
  module.print(stream, OpPrintingFlags().assumeVerified());
  stream << "\n";
  return text;
}

void ModuleSteps::tell(Step step, ModuleOp module) {
  step.op = module;
  if (observer.readsIr()) {
    std::string text = print(module);
    step.changed = text != last;
    last = std::move(text);
    step.text = last;
  }
  observer.stepped(step);
}

namespace {

struct PassWatcher : PassInstrumentation {
  PassWatcher(StringRef phase, ModuleSteps &steps) : phase(phase), steps(steps) {}

  void runBeforePass(Pass *pass, Operation *op) override {
    if (isStep(pass, op))
      watch = {};
  }

  void runAfterPass(Pass *pass, Operation *op) override {
    if (isStep(pass, op))
      steps.tell(
          {phase.str(), pass->getArgument().str(), pass->getDescription().str(), watch.seconds()},
          isa<ModuleOp>(op) ? cast<ModuleOp>(op) : op->getParentOfType<ModuleOp>());
  }

  /// Not the nameless pass that runs others on nested ops. The kernels of a GPU are one module, so
  /// that nothing else runs beside its passes.
  static bool isStep(Pass *pass, Operation *op) {
    bool whole = isa<ModuleOp>(op) && !op->getParentOp();
    return (whole || isa<gpu::GPUModuleOp>(op)) && !pass->getArgument().empty();
  }

  StringRef phase;
  ModuleSteps &steps;
  Stopwatch watch;
};

} // namespace

void watchPasses(PassManager &manager, StringRef phase, ModuleSteps &steps) {
  manager.addInstrumentation(std::make_unique<PassWatcher>(phase, steps));
}

} // namespace cria::driver
