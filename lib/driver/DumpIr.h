//===- DumpIr.h - The IR after every pass that changed it -------*- C++ -*-===//
#pragma once
#include "driver/Observer.h"

namespace cria::driver {

/// Writes NN-phase-pass.mlir into a folder, one file per pass that changed the IR, so that a
/// listing of the folder shows the whole compilation. `index` has a line for every step: number,
/// phase, pass, seconds, whether it changed the IR, number of ops or lines, and what it does.
class IrDump : public Observer {
public:
  /// Creates the folder, and removes the files of an earlier dump. Throws cria::Error, and
  /// UsageError if one of those is an input or `output`, the path of another output.
  IrDump(std::string folder, const std::string &output);

  bool readsIr() const override { return true; }
  void stepped(const Step &step) override;

private:
  void write(const std::string &name, llvm::StringRef text);
  std::string folder, index;
  unsigned number = 0;
};

} // namespace cria::driver
