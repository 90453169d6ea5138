//===- Nesting.h - How deep IR may be nested --------------------*- C++ -*-===//
#pragma once
#include "llvm/ADT/StringRef.h"

namespace cria::run {

/// MLIR's parser recurses once per bracket, and on signs before numbers. Throws cria::Error for
/// text of the file `name` that nests deeper than any module would.
void checkNesting(llvm::StringRef text, const std::string &name);

} // namespace cria::run
