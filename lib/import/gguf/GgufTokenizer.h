//===- GgufTokenizer.h - The tokenizer of a GGUF file -----------*- C++ -*-===//
#pragma once
#include "import/Fields.h"
#include "import/tokenizer/TokenizerJson.h"

namespace cria::import {

/// The tokenizer that the keys tokenizer.ggml.* describe, for a model of `vocab` ids: byte-level
/// BPE
/// (`gpt2`) or SentencePiece BPE (`llama`). `blob` is empty if there is none. Throws cria::Error.
TokenizerFile readGgufTokenizer(const Fields &keys, std::int64_t vocab);

} // namespace cria::import
