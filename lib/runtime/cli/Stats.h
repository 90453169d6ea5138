//===- Stats.h - What --stats prints ----------------------------*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include "runtime/KernelProfile.h"
#include "runtime/Stopwatch.h"
#include <optional>
#include <string>

namespace cria::rt {

/// Times and counts of one run of the program.
struct Stats {
  double loadSeconds = 0, prefillSeconds = 0, decodeSeconds = 0;
  int64_t prefillTokens = 0, decodeTokens = 0;
  int64_t positions = 0;                ///< sum of the cache lengths of decoded tokens
  std::optional<KernelProfile> kernels; ///< with --stats=kernels

  std::string text(const cria_model &model) const;
};

/// Bytes of weights that decoding one token reads: all, but of a token table that is not
/// the output head too only one row.
int64_t weightBytesPerToken(const cria_model &model);

/// Bytes of keys and values that decoding a token at `position` reads and writes.
int64_t cacheBytesPerToken(const cria_model &model, int64_t position);

} // namespace cria::rt
