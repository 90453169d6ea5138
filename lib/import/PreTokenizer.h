//===- PreTokenizer.h - pre_tokenizer of tokenizer.json ---------*- C++ -*-===//
#pragma once
#include "import/Fields.h"

namespace cria::import {

/// The PCRE2 pattern that `step`, a ByteLevel with or without a Split before it, splits text
/// into words by; empty if it does not. Throws cria::Error.
std::string readPreTokenizer(const Fields &step);

} // namespace cria::import
