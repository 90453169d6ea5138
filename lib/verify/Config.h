//===- Config.h - A config.json as the reference sees it --------*- C++ -*-===//
#pragma once
#include "verify/Blocks.h"
#include <filesystem>

namespace cria::verify {

struct Config {
  Architecture architecture;
  bool tied = false;            ///< the head is the embedding, unless the files have a head
  Format storage = Format::f32; ///< of weights that are not in files
};

/// Reads config.json as transformers 5 reads it for LlamaForCausalLM (LlamaConfig, MistralConfig
/// and PreTrainedConfig): defaults, old and new spellings, and where rope parameters may stand.
/// What is not supported has been refused by the importer; here it is not looked for.
/// Throws cria::Error.
Config readConfig(const std::filesystem::path &file);

} // namespace cria::verify
