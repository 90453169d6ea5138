//===- Tool.h - What the mains of our tools have in common ------*- C++ -*-===//
#pragma once
#include "support/FilesRead.h"
#include "support/Flags.h"
#include "llvm/Support/raw_ostream.h"

namespace cria::driver {

/// Runs a tool, and tells what goes wrong in one line. Exit codes: what `run` returns, 1 if
/// the model or the machine is at fault, 2 if the command line is.
template <class Run>
int toolMain(const char *name, Run run) {
  FilesRead inputs;
  try {
    int code = run();
    llvm::outs().flush();
    return code;
  } catch (const UsageError &error) {
    llvm::errs() << name << ": error: " << error.what() << "\n";
    return 2;
  } catch (const std::exception &error) {
    llvm::errs() << name << ": error: " << error.what() << "\n";
    return 1;
  }
}

} // namespace cria::driver
