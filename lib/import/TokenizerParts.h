//===- TokenizerParts.h - What tokenizer.cria is made of --------*- C++ -*-===//
#pragma once
#include "runtime/TokenizerFormat.h"
#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace cria::import {

/// A byte-level BPE tokenizer before it is laid out.
struct TokenizerParts {
  struct Merge {
    std::uint32_t left, right, result;
  };
  struct Added {
    std::string text;
    std::uint32_t id, flags; ///< flags of tokenizer_format::Added
    bool normalized;         ///< looked for after those that are not
  };

  std::map<std::uint32_t, std::string> tokens; ///< bytes by id; not empty
  std::array<std::uint32_t, 256> byteTokens;
  std::vector<std::uint32_t> words; ///< ids whose bytes a word may become at once
  std::vector<Merge> merges;        ///< in the order of their rank, no pair twice
  std::vector<Added> added;
  std::vector<std::uint32_t> prefix, suffix;
  std::string pattern;
};

/// The tokenizer.cria of `parts`. Throws cria::Error if it does not fit the format.
std::vector<std::byte> pack(const TokenizerParts &parts);

} // namespace cria::import
