//===- TokenizerConfig.h - Where transformers leaves tokenizer.json -*- C++ -*-===//
#pragma once
#include "import/Fields.h"

namespace cria::import {

/// Appends a line for each thing that the other files of `folder` (tokenizer_config.json) make
/// transformers do in another way than `root`, a tokenizer.json, says: Cria follows
/// tokenizer.json. Throws cria::Error for a file that is not JSON.
void warnOfTransformers(const Fields &root, const std::filesystem::path &folder,
                        std::vector<std::string> &warnings);

} // namespace cria::import
