//===- Phases.h - The stages of a compilation, as data ----------*- C++ -*-===//
//
// One table drives criac, `cria-opt --cria-phase-<name>`, --list-phases, --stop-after,
// --dump-ir and the docs. No pipeline is written down anywhere else.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "mlir/Pass/PassManager.h"
#include "passes/fuse/Fusions.h"

namespace cria {

struct Phase {
  llvm::StringLiteral name;
  llvm::StringLiteral purpose;
  llvm::StringLiteral pipeline; ///< textual, anchored on builtin.module; `%fusions` are chosen
};

/// In the order in which they run; the first, `model`, is the emitted model itself.
llvm::ArrayRef<Phase> phases();
/// Null if there is none of that name.
const Phase *findPhase(llvm::StringRef name);
/// Adds the passes of `phase` to `manager`, with those of the chosen `fusions` (by name). The
/// table is tested, so this cannot fail unless a pass is not registered.
llvm::LogicalResult addPhase(mlir::OpPassManager &manager, const Phase &phase,
                             llvm::raw_ostream &errors,
                             llvm::ArrayRef<llvm::StringRef> fusions = selectFusions("", ""));

/// Registers our passes and a pipeline `cria-phase-<name>` for each phase.
void registerPasses();
/// Registers the dialects that phases need, and their interfaces.
void registerDialects(mlir::DialectRegistry &registry);

} // namespace cria
