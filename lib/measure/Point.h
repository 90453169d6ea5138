//===- Point.h - A point of measurement -------------------------*- C++ -*-===//
#pragma once
#include <cstdint>

namespace cria::measure {

enum class Entry { decode, prefill };

/// `tokens` tokens after `context` others, one at a time (decode) or as a prompt (prefill).
struct Point {
  Entry entry;
  std::int64_t context, tokens;

  const char *entryName() const { return entry == Entry::decode ? "decode" : "prefill"; }
  /// Steps that make up the measurement: one per token in decode, one per prompt in prefill.
  std::int64_t steps() const { return entry == Entry::decode ? tokens : 1; }
};

} // namespace cria::measure
