//===- Options.h - The command line of a compiled model ---------*- C++ -*-===//
#pragma once
#include "runtime/Sampler.h"
#include "runtime/chat/ChatTemplate.h"
#include "support/Flags.h"
#include <optional>

namespace cria::rt {

/// docs/run.md says what each flag means.
struct Options {
  std::optional<std::string> prompt, promptFile;
  std::optional<std::vector<int32_t>> tokenIds;
  bool chat = false, interactive = false;
  std::optional<std::string> system;
  chat::ChatSettings chatSettings; ///< --date and --chat-arg

  int64_t maxTokens = 256;
  std::vector<std::string> stops;
  bool ignoreEos = false, printTokenIds = false;
  SamplerOptions sampler;

  std::string weights; ///< empty: where loadWeights finds them
  int threads = 0;     ///< 0: as OpenMP decides
  std::string dumpLogits, perplexity;
  bool stats = false, checkWeights = false, help = false, version = false;
};

/// Throws a UsageError such as "--top-p: 7 is not in (0, 1]".
Options parseOptions(std::span<const char *const> arguments);

/// The text of --help; `program` is how the user calls it.
std::string helpText(const std::string &program);

} // namespace cria::rt
