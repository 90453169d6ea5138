//===- Runnable.h - What criac wrote, run as a user would -------*- C++ -*-===//
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace cria::driver {

/// One way to have tokens read.
struct Road {
  std::int64_t tokens = 0;     ///< how many of the sequence
  std::int64_t decodeFrom = 0; ///< those before are read in chunks, the others one at a time
  int threads = 1;             ///< 0: as many as it takes by itself

  /// Such as "70 tokens in chunks, 2 threads".
  std::string text() const;
};

/// Sees the logits after the token at `position`.
using LogitsVisitor = std::function<void(std::int64_t position, std::span<const float>)>;

/// A program or a library, in a process of its own: it may crash or hang.
struct Runnable {
  std::string file;
  bool library = false; ///< with the C API of cria.h; else an executable with docs/run.md's flags
  std::int64_t vocab = 0;
  unsigned seconds = 0; ///< after which it is taken to hang
  std::string variant;  ///< the code to run; empty: what it chooses itself

  /// Reads the first `road.tokens` of `tokens`. Throws cria::Error if it fails.
  void run(std::span<const std::int32_t> tokens, const Road &road,
           const LogitsVisitor &visit) const;
};

} // namespace cria::driver
