//===- TokenizerParts.h - What tokenizer.cria is made of --------*- C++ -*-===//
#pragma once
#include "import/tokenizer/PatternCompiler.h"
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace cria::import {

/// A BPE tokenizer before it is laid out; see runtime/tokenizer/TokenizerFormat.h.
struct TokenizerParts {
  using StepKind = rt::tokenizer_format::StepKind;

  struct Merge {
    std::uint32_t left, right, result;
    std::uint32_t rank; ///< the lowest is done first, the leftmost of equal ones
  };
  struct Added {
    std::string text;        ///< as it stands in the text that is searched
    std::uint32_t id, flags; ///< flags of tokenizer_format::Added
    bool normalized;         ///< found in normalized text
  };
  struct Step {
    StepKind kind;
    std::uint32_t a = 0, b = 0, c = 0;
    std::string text{};
  };

  std::map<std::uint32_t, std::string> tokens; ///< by id; not empty
  std::vector<std::uint32_t> vocab;            ///< ids that the model knows, each once
  std::uint32_t flags = 0;                     ///< of tokenizer_format::Header
  std::uint32_t unknown = rt::tokenizer_format::none;
  std::vector<Merge> merges; ///< of equal pairs the last one counts
  std::vector<Added> added;
  std::vector<std::uint32_t> prefix, suffix;
  std::vector<Step> normalizers, preTokenizers, decoders;
  Programs programs; ///< those of the steps
};

/// The tokenizer.cria of `parts`. Throws cria::Error if it does not fit the format.
std::vector<std::byte> pack(TokenizerParts parts);

} // namespace cria::import
