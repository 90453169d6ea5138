//===- AddedTokens.h - Tokens that are found before the split ---*- C++ -*-===//
#pragma once
#include "runtime/TextRange.h"
#include "runtime/TokenizerData.h"
#include <bitset>
#include <vector>

namespace cria::rt {

/// A group of added tokens, which is looked for in text as a whole.
class AddedTokens {
public:
  using Token = TokenizerData::Added;

  /// Those of `data` in [begin, end), which are in the order of their text. Refers to `data`.
  AddedTokens(const TokenizerData &data, uint32_t begin, uint32_t end);

  /// The longest token that `text` begins with.
  std::optional<Token> longestAt(std::string_view text) const;
  /// The token that `text` is.
  std::optional<Token> find(std::string_view text) const;

  /// A token, or text between tokens.
  struct Piece {
    std::string_view text;
    std::optional<uint32_t> id;
  };
  /// What `text` is made of: from the left, the longest token at each place. Special
  /// tokens are text unless `parseSpecial`, and where they touch one of the ranges `plain`, which
  /// ascend. `text` begins at byte `offset` of what these count.
  std::vector<Piece> split(std::string_view text, bool parseSpecial,
                           std::span<const TextRange> plain = {}, size_t offset = 0) const;

private:
  const TokenizerData &data_;
  uint32_t begin_, end_;
  std::bitset<256> firstBytes_;
};

} // namespace cria::rt
