//===- PassWatcher.h - Passes as events -------------------------*- C++ -*-===//
#pragma once
#include "driver/Observer.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"

namespace cria::driver {

/// The IR as text, formatted as by mlir-opt.
std::string print(mlir::ModuleOp module);

/// Tells `observer` of each pass on the module that `manager`, which runs `phase`, will run.
void watchPasses(mlir::PassManager &manager, llvm::StringRef phase, Observer &observer);

} // namespace cria::driver
