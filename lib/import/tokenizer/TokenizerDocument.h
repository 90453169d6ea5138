//===- TokenizerDocument.h - tokenizer.json as a document -------*- C++ -*-===//
#pragma once
#include "import/Fields.h"
#include "import/tokenizer/TokenizerJson.h"
#include "import/tokenizer/TokenizerParts.h"

namespace cria::import {

/// The tokenizer that `root`, a document as tokenizer.json is one, describes; `warnings` says what
/// users should know. Throws cria::Error.
TokenizerParts readDocument(const Fields &root, std::vector<std::string> &warnings);

/// Lays out `parts`, which `root` describes, for a model of `vocab` ids. Throws cria::Error.
TokenizerFile finishTokenizer(const Fields &root, TokenizerParts parts, std::int64_t vocab,
                              std::vector<std::string> warnings);

} // namespace cria::import
