//===- Point.h - What is timed ----------------------------------*- C++ -*-===//
#pragma once
#include <cstdint>

namespace cria::measure {

enum class Entry { decode, prefill };

/// `tokens` after `context` others, one at a time or as a prompt.
struct Point {
  Entry entry;
  std::int64_t context, tokens;

  const char *entryName() const { return entry == Entry::decode ? "decode" : "prefill"; }
  /// What one call of the entry point answers: a token, or all of a prompt.
  std::int64_t steps() const { return entry == Entry::decode ? tokens : 1; }
};

} // namespace cria::measure
