//===- TokenizerJson.h - tokenizer.json to tokenizer.cria -------*- C++ -*-===//
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace cria::import {

/// The tokenizer.cria (runtime/TokenizerFormat.h) of `file`, a byte-level BPE tokenizer of
/// Hugging Face `tokenizers`, whose ids are less than `vocab`, at most 2^24. What the
/// runtime would do otherwise than `tokenizers` is refused. Throws cria::Error.
std::vector<std::byte> readTokenizer(const std::filesystem::path &file, std::int64_t vocab);

} // namespace cria::import
