//===- ModuleSteps.h - What passes make, as events --------------*- C++ -*-===//
#pragma once
#include "driver/Observer.h"
#include "mlir/IR/BuiltinOps.h"
#include "passes/Phases.h"

namespace cria::driver {

/// The IR of a module, in text and in numbers.
struct Printed {
  std::string text;
  std::int64_t lines = 0;
  std::vector<OpLine> ops;
  OpCounts counts;
};

/// As mlir-opt prints it with --mlir-print-local-scope: functions are printed side by side, which
/// names for attributes of the whole module would not allow.
Printed print(mlir::ModuleOp module);

/// Tells an observer of the steps of one module, one after another, each with the IR as text if
/// the observer reads it.
class ModuleSteps {
public:
  explicit ModuleSteps(Observer &observer) : observer(observer) {}

  /// `step`, which left the IR as `module`.
  void tell(Step step, mlir::ModuleOp module);

private:
  Observer &observer;
  Printed last; ///< the IR after the step before
};

/// Runs the passes of `phase` on `module`: over functions side by side, and, if `steps` are to be
/// told, one after another. Both make the same code. The IR is verified at the end of the phase,
/// not after each pass, as cria-opt does: that took a sixth of a compilation.
llvm::LogicalResult runPhase(mlir::ModuleOp module, const Phase &phase,
                             llvm::ArrayRef<llvm::StringRef> fusions, ModuleSteps *steps);

} // namespace cria::driver
