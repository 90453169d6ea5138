//===- RunTool.h - Running linkers and compilers ----------------*- C++ -*-===//
#pragma once
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace cria::driver {

/// Runs `command`; its output and errors go to `file`. Zero if all went well.
int runTool(llvm::ArrayRef<llvm::StringRef> command, llvm::StringRef file, std::string &problem);

/// The content of `file`, or nothing.
std::string readText(llvm::StringRef file);

/// The first line that is not a warning, which explains why a tool failed.
std::string firstError(llvm::StringRef text);

} // namespace cria::driver
