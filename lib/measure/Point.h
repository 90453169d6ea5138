//===- Point.h - A point of measurement -------------------------*- C++ -*-===//
#pragma once
#include <cstdint>
#include <fmt/format.h>
#include <string>

namespace cria::measure {

enum class Entry { decode, prefill };

/// `tokens` tokens after `context` others, one at a time (decode) or as a prompt (prefill).
struct Point {
  Entry entry;
  std::int64_t context, tokens;

  const char *entryName() const { return entry == Entry::decode ? "decode" : "prefill"; }
  /// "decode of 4 tokens at context 0"
  std::string what() const {
    return fmt::format("{} of {} tokens at context {}", entryName(), tokens, context);
  }
  /// Steps that make up the measurement: one per token in decode, one per prompt in prefill.
  std::int64_t steps() const { return entry == Entry::decode ? tokens : 1; }
};

} // namespace cria::measure
