//===- ReadWays.h - Ways of reading memory ----------------------*- C++ -*-===//
#pragma once
#include "driver/Target.h"
#include "llvm/IR/Module.h"

namespace cria::measure {

/// How one thread reads its part of a buffer. No way is the fastest on every CPU, so the limit is
/// the best of all.
struct ReadWay {
  std::int64_t streams;       ///< parts read side by side, one line of each in turn
  std::int64_t prefetchBytes; ///< distance of software prefetches; 0: none
  bool hugePages;             ///< of the buffer

  std::string function() const; ///< its name in the module; the same for both kinds of pages
};

/// One and four streams, with and without prefetches, on usual and on huge pages.
llvm::ArrayRef<ReadWay> readWays();

/// Bytes that one iteration of any way reads.
inline constexpr std::int64_t readBlock = 1 << 10;

/// Emits `void NAME(ptr begin, i64 bytes, ptr sum)` for each function of `readWays`. `bytes` is a
/// multiple of `readBlock`; `sum` holds a vector of 32-bit sums.
void addReads(llvm::Module &module, const TargetInfo &info);

} // namespace cria::measure
