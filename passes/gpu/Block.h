//===- Block.h - A block of threads -----------------------------*- C++ -*-===//
#pragma once
#include "dialect/base/Target.h"
#include "llvm/ADT/StringExtras.h"
#include <string>

namespace cria {

/// Threads of a block: several warps, of which some compute while others wait for memory.
inline constexpr int64_t blockThreads = 256;
/// Threads of a warp, whose lanes read rows side by side.
inline constexpr int64_t warpThreads = 32;
/// Bytes of workgroup memory that a block may have on every GPU.
inline constexpr int64_t blockBytes = 48 << 10;

/// On an `scf.if` whose code one thread of a block runs.
inline constexpr llvm::StringLiteral oneThreadName = "cria.one_thread";

/// The name that kernel `decode.kv_append+rope` has on a GPU, where names have letters, digits and
/// underscores.
inline std::string deviceName(llvm::StringRef kernel) {
  std::string name = kernel.str();
  std::replace_if(name.begin(), name.end(), [](char c) { return !llvm::isAlnum(c); }, '_');
  return name;
}

} // namespace cria
