//===- DumpIr.h - The IR after every pass that changed it -------*- C++ -*-===//
#pragma once
#include "mlir/Pass/PassManager.h"
#include <string>

namespace cria::driver {

/// The IR as text, formatted as by mlir-opt.
std::string print(mlir::ModuleOp module);

/// Writes NN-phase-pass.mlir into a folder, one file per pass that changed the IR, so that a
/// listing of the folder shows the whole compilation.
class IrDump {
public:
  /// Creates the folder, and removes the files of an earlier dump. Throws cria::Error, and
  /// UsageError if one of those is an input or `output`, the path of another output.
  IrDump(std::string folder, const std::string &output);

  /// Writes the IR before any pass.
  void writeFirst(llvm::StringRef phase, mlir::ModuleOp module);
  /// Instruments a pass manager that runs `phase`.
  void watch(mlir::PassManager &manager, llvm::StringRef phase);
  void write(llvm::StringRef phase, llvm::StringRef step, llvm::StringRef extension,
             llvm::StringRef text);

private:
  struct Watcher;
  std::string folder, last;
  unsigned number = 0;
};

} // namespace cria::driver
