//===- Tool.h - Shared by the mains of the tools ----------------*- C++ -*-===//
#pragma once
#include "support/FilesRead.h"
#include "support/Flags.h"
#include "llvm/Support/raw_ostream.h"

namespace cria::driver {

/// Runs a tool and reports errors in one line. The exit code is the result of `run`, 1 for a bad
/// input or machine, or 2 for a bad command line.
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
