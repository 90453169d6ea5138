//===- Block.h - A block of threads -----------------------------*- C++ -*-===//
#pragma once
#include "dialect/base/Target.h"
#include <string>

namespace cria {

/// Threads of a block: several warps, of which some compute while others wait for memory.
inline constexpr int64_t blockThreads = 256;
/// Bytes of workgroup memory that a block may have on every GPU.
inline constexpr int64_t blockBytes = 48 << 10;

/// The name that kernel `decode.qkv` has on a GPU, where names have no dots.
inline std::string deviceName(llvm::StringRef kernel) {
  std::string name = kernel.str();
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

} // namespace cria
