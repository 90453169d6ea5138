//===- PassWatcher.h - Passes as events -------------------------*- C++ -*-===//
#pragma once
#include "driver/Observer.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"

namespace cria::driver {

/// The IR as text, formatted as by mlir-opt.
std::string print(mlir::ModuleOp module);

/// Tells an observer of the steps of one module, one after another, each with the IR as text if
/// the observer reads it.
class ModuleSteps {
public:
  explicit ModuleSteps(Observer &observer) : observer(observer) {}

  /// `step`, which left the IR as `module`.
  void tell(Step step, mlir::ModuleOp module);

private:
  Observer &observer;
  std::string last; ///< the IR after the step before
};

/// Tells `steps` of each pass on the module that `manager`, which runs `phase`, will run.
void watchPasses(mlir::PassManager &manager, llvm::StringRef phase, ModuleSteps &steps);

} // namespace cria::driver
