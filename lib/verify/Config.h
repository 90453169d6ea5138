//===- Config.h - A config.json as the reference sees it --------*- C++ -*-===//
#pragma once
#include "verify/Blocks.h"
#include "verify/Files.h"

namespace cria::verify {

struct Config {
  Architecture architecture;
  bool tied = false;   ///< the head is the embedding, unless the files have both
  std::string weights; ///< name of the file with the weights, or empty
};

/// Reads config.json as transformers 5 reads it for LlamaForCausalLM (LlamaConfig, MistralConfig
/// and PreTrainedConfig): defaults, old and new spellings, and where rope parameters may stand.
/// What is not supported has been refused by the importer; here it is not looked for.
/// Throws cria::Error.
Config readConfig(const std::filesystem::path &file);

/// Where `files` have what a tied model may lack: as transformers 5 loads it, a head that is in the
/// files counts, and a table that is not is the head.
void chooseEnds(Config &config, const Files &files);

} // namespace cria::verify
