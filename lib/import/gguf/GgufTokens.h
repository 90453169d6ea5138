//===- GgufTokens.h - First and end tokens of a GGUF file -------*- C++ -*-===//
#pragma once
#include "import/Config.h"
#include "import/Fields.h"

namespace cria::import {

/// Types of tokens, tokenizer.ggml.token_type.
enum class GgufTokenType : std::int64_t { normal = 1, unknown, control, userDefined, unused, byte };

/// The first token and the tokens that end a text. As in llama.cpp, these are those that keys
/// name and control tokens that end a turn by their names. Throws cria::Error.
void readGgufTokens(const Fields &keys, Config &config);

} // namespace cria::import
