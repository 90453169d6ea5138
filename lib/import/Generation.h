//===- Generation.h - Defaults of generation --------------------*- C++ -*-===//
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cria::import {

/// How a model's files want text to be generated: the part of transformers' GenerationConfig that
/// a compiled program follows. The initial values are those of transformers where the files are
/// silent.
struct Generation {
  double temperature = 0; ///< 0 unless do_sample: the likeliest token is taken
  std::int64_t topK = 50;
  double topP = 1, minP = 0, typicalP = 1, epsilonCutoff = 0, etaCutoff = 0;
  double repetitionPenalty = 1;
  std::int64_t noRepeatNgramSize = 0;
  std::int64_t maxNewTokens = 0, maxLength = 0; ///< 0: not given
  std::int64_t minNewTokens = 0, minLength = 0;
  std::vector<std::vector<std::int32_t>> banned; ///< sequences that may not be generated
  std::vector<std::int32_t> beginSuppress;       ///< tokens that may not be generated first
  std::vector<std::string> stops;                ///< texts that end the generated text
};

/// Reads generation_config.json in `folder`, or, where there is none, the same fields of `config`,
/// as transformers does. `eos` are the tokens that end a text. A setting that a program cannot
/// follow adds a line to `notes`. Throws cria::Error.
Generation readGeneration(const std::filesystem::path &config, const std::vector<std::int32_t> &eos,
                          std::vector<std::string> &notes);

} // namespace cria::import
