//===- Normalizer.h - Text to normalized text -------------------*- C++ -*-===//
#pragma once
#include "runtime/tokenizer/Matcher.h"
#include <string>

namespace cria::rt {

/// The steps that change a text before it is split.
class Normalizer {
public:
  /// Refers to both.
  Normalizer(const TokenizerData &data, const CharacterSets &sets) : data_(data), sets_(sets) {}

  struct Result {
    std::string text;
    bool keepsStart; ///< whether nothing was taken away at its beginning
  };
  /// `text` is valid UTF-8. Throws cria::Error, see Matcher.
  Result normalize(std::string_view text) const;

private:
  const TokenizerData &data_;
  const CharacterSets &sets_;
};

/// `text` with each match of the pattern of `step`, a `replace`, replaced.
std::string replaceMatches(const TokenizerData &data, const CharacterSets &sets,
                           const TokenizerData::Step &step, std::string_view text);

} // namespace cria::rt
