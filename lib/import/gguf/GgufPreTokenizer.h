//===- GgufPreTokenizer.h - tokenizer.ggml.pre ------------------*- C++ -*-===//
#pragma once
#include "import/Fields.h"

namespace cria::import {

/// How a byte-level tokenizer splits text into words: GGUF files say it by name.
struct GgufPreTokenizer {
  nlohmann::json step; ///< a pre_tokenizer of tokenizer.json
  bool ignoreMerges;   ///< a word that is a token is not built from merges
  bool addBos;         ///< unless the file says otherwise
};

/// The one that `keys` name. Throws a cria::Error for an unknown name, and where there is none:
/// ids would be wrong without a word.
GgufPreTokenizer readGgufPreTokenizer(const Fields &keys);

/// The name of the way in which `root`, a tokenizer.json, splits text; empty if it has none.
std::string nameOfPreTokenizer(const Fields &root);

} // namespace cria::import
