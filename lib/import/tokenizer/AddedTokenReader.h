//===- AddedTokenReader.h - added_tokens of tokenizer.json ------*- C++ -*-===//
#pragma once
#include "import/Fields.h"
#include "import/tokenizer/TokenizerParts.h"

namespace cria::import {

/// Reads the tokens that are found in text as a whole, after model and normalizer were read. As in
/// `tokenizers`, their ids follow from the vocabulary and their order; `warnings` says where
/// the file has others. Throws cria::Error.
void readAddedTokens(const Fields &root, TokenizerParts &parts, std::vector<std::string> &warnings);

} // namespace cria::import
