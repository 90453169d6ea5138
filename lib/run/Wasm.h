//===- Wasm.h - Functions on tensors as WebAssembly -------------*- C++ -*-===//
#pragma once
#include "llvm/ADT/StringRef.h"
#include <string>

namespace cria::run {

/// A module and what one has to know to call it (docs/wasm.md).
struct WasmFunctions {
  std::string code;
  std::string facts; ///< JSON
};

/// All functions of `text`, IR of the phase `model` that `file` holds, each exported under its
/// name. A result that is made in an argument is written to it; every other one is an argument
/// more. Throws cria::Error.
WasmFunctions compileWasm(llvm::StringRef text, const std::string &file);

} // namespace cria::run
