//===- Tokens.h - First and end tokens --------------------------*- C++ -*-===//
#pragma once
#include "import/Config.h"
#include "import/Fields.h"

namespace cria::import {

/// bos_token_id and eos_token_id of config.json. Ids that no token has (-1, or past the vocabulary)
/// stand for none, as in transformers, which warns of them too. Throws cria::Error.
void readTokens(const Fields &fields, Config &config);

/// The same of generation_config.json: its end tokens take the place of those of config.json, even
/// if it has none; its first token does if it has one.
void readGenerationTokens(const Fields &fields, Config &config);

} // namespace cria::import
