//===- PassWatcher.cpp - Passes as events ---------------------------------===//
#include "driver/PassWatcher.h"
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

namespace {

struct PassWatcher : PassInstrumentation {
  PassWatcher(StringRef phase, Observer &observer) : phase(phase), observer(observer) {}

  void runBeforePass(Pass *pass, Operation *op) override {
    if (!isStep(pass, op))
      return;
    if (observer.readsIr() && last.empty())
      last = print(cast<ModuleOp>(op));
    watch = {};
  }

  void runAfterPass(Pass *pass, Operation *op) override {
    if (!isStep(pass, op))
      return;
    Step step{phase.str(), pass->getArgument().str(), pass->getDescription().str(),
              watch.seconds()};
    step.op = op;
    if (observer.readsIr()) {
      std::string text = print(cast<ModuleOp>(op));
      step.changed = text != last;
      last = std::move(text);
      step.text = last;
    }
    observer.stepped(step);
  }

  /// Not the nameless pass that runs others on nested ops.
  static bool isStep(Pass *pass, Operation *op) {
    return isa<ModuleOp>(op) && !op->getParentOp() && !pass->getArgument().empty();
  }

  StringRef phase;
  Observer &observer;
  std::string last; ///< the IR as it was before
  Stopwatch watch;
};

} // namespace

void watchPasses(PassManager &manager, StringRef phase, Observer &observer) {
  manager.addInstrumentation(std::make_unique<PassWatcher>(phase, observer));
}

} // namespace cria::driver
