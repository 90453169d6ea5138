//===- TokenizerJson.h - tokenizer.json to tokenizer.cria -------*- C++ -*-===//
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cria::import {

/// A tokenizer that was read.
struct TokenizerFile {
  std::vector<std::byte> blob;       ///< a tokenizer.cria, see runtime/tokenizer/TokenizerFormat.h
  std::vector<std::string> warnings; ///< what users should know, each as `FILE: FIELD: …`
};

/// Reads `file`, a BPE tokenizer of Hugging Face `tokenizers`, for a model of `vocab` ids. A
/// tokenizer that the runtime would not run as `tokenizers` does is refused. Ids from `vocab` on,
/// up to 2^24, are taken: a session refuses them. Throws cria::Error.
TokenizerFile readTokenizer(const std::filesystem::path &file, std::int64_t vocab);

} // namespace cria::import
