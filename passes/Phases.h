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
/// What passes run over that need to see no more than a function: functions, side by side on the
/// threads of the context, or the module, so that what each pass does to it can be watched. Both
/// make the same code.
enum class Grain { function, module };

/// Adds the passes of `phase` to `manager`, including those of the named `fusions`. Fails only if
/// a pass is not registered, since tests parse the whole table.
llvm::LogicalResult addPhase(mlir::OpPassManager &manager, const Phase &phase,
                             llvm::raw_ostream &errors,
                             llvm::ArrayRef<llvm::StringRef> fusions = selectFusions("", ""),
                             Grain grain = Grain::function);

/// Registers all passes, and a pipeline `cria-phase-<name>` per phase.
void registerPasses();
/// Registers the dialects that phases need, with their interfaces.
void registerDialects(mlir::DialectRegistry &registry);

} // namespace cria
