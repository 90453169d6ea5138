//===- Phases.h - The stages of a compilation, as data ----------*- C++ -*-===//
//
// One table drives criac, `cria-opt --cria-phase-<name>`, --list-phases, --stop-after and
// --dump-ir. No pipeline is written down anywhere else.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "dialect/base/Target.h"
#include "mlir/Pass/PassManager.h"
#include "passes/fuse/Fusions.h"

namespace cria {

struct Phase {
  llvm::StringLiteral name;
  llvm::StringLiteral purpose;
  llvm::StringLiteral pipeline; ///< text, anchored on builtin.module; `%fusions` is replaced
};

/// Those of a compilation for `backend`, in execution order. The first, `model`, is the emitted
/// model itself; only the last depends on the backend.
llvm::ArrayRef<Phase> phases(Backend backend = Backend::cpu);
/// Those of all backends.
llvm::ArrayRef<Phase> allPhases();
/// Null if there is no phase of that name in a compilation for `backend`.
const Phase *findPhase(llvm::StringRef name, Backend backend = Backend::cpu);
/// The passes of `phase`, including those of the named `fusions`, each as a pipeline of its own
/// with the op that it is nested in. They make the same code one by one as all at once.
std::vector<std::string> passesOf(const Phase &phase, llvm::ArrayRef<llvm::StringRef> fusions);

/// Adds the passes of `phase` to `manager`. Fails only if a pass is not registered, since tests
/// parse the whole table.
llvm::LogicalResult addPhase(mlir::OpPassManager &manager, const Phase &phase,
                             llvm::raw_ostream &errors,
                             llvm::ArrayRef<llvm::StringRef> fusions = selectFusions("", ""));

/// Registers all passes, and a pipeline `cria-phase-<name>` per phase.
void registerPasses();
/// Registers the dialects that phases need, with their interfaces.
void registerDialects(mlir::DialectRegistry &registry);

} // namespace cria
