//===- ModelReader.h - model of tokenizer.json ------------------*- C++ -*-===//
#pragma once
#include "import/Fields.h"
#include "import/tokenizer/TokenizerParts.h"

namespace cria::import {

/// Reads vocabulary, merges and flags of a BPE model. Throws cria::Error.
void readModel(const Fields &model, TokenizerParts &parts);

} // namespace cria::import
