//===- AddedTokens.h - Tokens that are found before the split ---*- C++ -*-===//
#pragma once
#include "runtime/TextRange.h"
#include "runtime/tokenizer/Matcher.h"
#include <bitset>

namespace cria::rt {

/// A group of added tokens, which is looked for in text as a whole.
class AddedTokens {
public:
  using Token = TokenizerData::Added;

  /// Those of `data` in [begin, end), which are in the order of their text. Refers to `data` and
  /// `sets`.
  AddedTokens(const TokenizerData &data, const CharacterSets &sets, uint32_t begin, uint32_t end);

  /// The longest token that `text` begins with.
  std::optional<Token> longestAt(std::string_view text) const;

  /// A token, or text between tokens.
  struct Piece {
    std::string_view text;
    std::optional<uint32_t> id;
  };
  /// What `text` is made of: from the left, the longest token at each place. Special
  /// tokens are text unless `parseSpecial`, and where they touch one of the ranges `plain`, which
  /// ascend. A token's piece includes the white space that it strips.
  std::vector<Piece> split(std::string_view text, bool parseSpecial,
                           std::span<const TextRange> plain = {}) const;

private:
  bool touchesWord(std::string_view text, size_t begin, size_t end) const;

  const TokenizerData &data_;
  const CharacterSets &sets_;
  uint32_t begin_, end_;
  std::bitset<256> firstBytes_;
};

} // namespace cria::rt
