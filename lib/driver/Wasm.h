//===- Wasm.h - Models as WebAssembly modules -------------------*- C++ -*-===//
//
// A module exports its memory, `__heap_base`, and the entry points of include/cria/runtime/abi.h
// with pointers of 32 bits. It carries no weights and no descriptor: what the descriptor says is
// JSON beside it. docs/wasm.md describes both for those who run them.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "driver/Descriptor.h"
#include <string>

namespace cria::driver {

/// What the module of a model exports.
inline constexpr llvm::StringRef wasmEntries[] = {"prefill", "decode", "head", "state"};

/// Exports functions of `module`, and gives it a team of one thread: `worker` points to an i64, the
/// next tile.
void completeWasm(llvm::Module &module, llvm::ArrayRef<llvm::StringRef> exported = wasmEntries);

/// Links `object` into the module `result`. Throws a cria::Error that begins with `name`.
void linkWasm(const std::string &object, const std::string &result, const std::string &name);

/// What one has to know to run the module, as JSON.
std::string wasmFacts(const Source &source, const Facts &facts);

} // namespace cria::driver
