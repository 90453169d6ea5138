//===- RunTool.h - Running linkers and compilers ----------------*- C++ -*-===//
#pragma once
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace cria::driver {

/// Runs `command`, with its output and errors in the file `log`. If it fails, in one line why: what
/// kept it from running, or the first of its lines that is not a warning.
std::optional<std::string> runTool(llvm::ArrayRef<llvm::StringRef> command, llvm::StringRef log);

/// The first of `names` that is a program on $PATH, or else in `folders`; empty if there is none.
std::string findTool(std::initializer_list<llvm::StringRef> names,
                     llvm::ArrayRef<llvm::StringRef> folders = {});

/// The content of `file`, or nothing.
std::string readText(llvm::StringRef file);

} // namespace cria::driver
