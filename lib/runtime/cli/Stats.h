//===- Stats.h - What --stats prints ----------------------------*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include <chrono>
#include <string>

namespace cria::rt {

/// Times and counts of one run of the program.
struct Stats {
  double loadSeconds = 0, prefillSeconds = 0, decodeSeconds = 0;
  int64_t prefillTokens = 0, decodeTokens = 0;
  int64_t positions = 0; ///< sum of the cache lengths of decoded tokens

  std::string text(const cria_model &model) const;
};

/// Seconds since it was made.
class Stopwatch {
public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Bytes of weights that decoding one token reads: all, but of a token table that is not
/// the output head too only one row.
int64_t weightBytesPerToken(const cria_model &model);

/// Bytes of keys and values that decoding a token at `position` reads and writes.
int64_t cacheBytesPerToken(const cria_model &model, int64_t position);

} // namespace cria::rt
