//===- Options.h - The command line of a compiled model ---------*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include "runtime/Sampler.h"
#include "runtime/chat/ChatTemplate.h"
#include "runtime/device/Devices.h"
#include "support/Flags.h"
#include <optional>

namespace cria::rt {

/// docs/run.md says what each flag means. The initial values are those of a model without
/// defaults of its own.
struct Options {
  std::optional<std::string> prompt, promptFile;
  std::optional<std::vector<int32_t>> tokenIds;
  bool chat = false, interactive = false;
  std::optional<std::string> system;
  chat::ChatSettings chatSettings; ///< --date and --chat-arg

  int64_t maxTokens = 256; ///< of one answer
  int64_t maxLength = 0;   ///< most tokens of prompts and answers; 0: as many as the context takes
  std::vector<std::string> stops;
  bool ignoreEos = false, printTokenIds = false;
  SamplerOptions sampler;

  std::string weights; ///< empty: where loadWeights finds them
  std::string variant; ///< empty: what chooseVariant finds
  DeviceChoice device; ///< as chooseCode takes it
  int threads = 0;     ///< 0: as the machine and the model suggest
  int64_t context = 0; ///< 0: the model's
  std::string promptCache, dumpLogits, embeddings, perplexity, klBase, kl;
  std::optional<int64_t> logProbs;   ///< how many alternatives to show
  std::optional<int64_t> decodeFrom; ///< unset: the prompt is read in chunks
  bool stats = false, kernelStats = false, checkWeights = false, listDevices = false, help = false,
       version = false;
};

/// What `arguments` say, and the defaults of `model` where they are silent. Throws a UsageError
/// such as "--top-p: 7 is not in (0, 1]".
Options parseOptions(std::span<const char *const> arguments, const cria_model &model);

/// The text of --help, with the defaults of `model`; `program` is how the user calls it.
std::string helpText(const std::string &program, const cria_model &model);

} // namespace cria::rt
