//===- Tokens.h - A tokenizer as keys of a GGUF file ------------*- C++ -*-===//
#pragma once
#include "export/GgufWriter.h"
#include "import/Model.h"

namespace cria::gguf {

/// Writes the keys tokenizer.* from tokenizer.json in `folder`, which `imported` was read from, and
/// its chat template. Throws cria::Error.
void writeTokens(Writer &writer, const import::Imported &imported,
                 const std::filesystem::path &folder);

} // namespace cria::gguf
