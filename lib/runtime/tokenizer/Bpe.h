//===- Bpe.h - A word to tokens, by merges ----------------------*- C++ -*-===//
#pragma once
#include "runtime/tokenizer/TokenizerData.h"
#include <vector>

namespace cria::rt {

/// What each character of a word begins as. Made once per tokenizer.
class CharacterTokens {
public:
  /// Refers to `data`.
  explicit CharacterTokens(const TokenizerData &data);
  /// The token of one character.
  std::optional<uint32_t> find(char32_t code) const;
  /// The token <0xNN> of a byte.
  std::optional<uint32_t> byte(unsigned char value) const;

private:
  static constexpr uint32_t none = tokenizer_format::none;
  std::vector<uint32_t> near_; ///< by code point below 0x200, which has the byte alphabet
  std::vector<std::pair<char32_t, uint32_t>> far_; ///< in the order of code points
  std::vector<uint32_t> bytes_;
};

/// Byte-pair encoding (Sennrich et al. 2016): a word begins as its characters, and the merge of
/// the lowest rank, the leftmost of equal ones, is done until none is left. A word of n bytes takes
/// O(n log n). Keeps its memory from word to word.
class Bpe {
public:
  /// Refers to both.
  Bpe(const TokenizerData &data, const CharacterTokens &characters);

  /// Appends the tokens of `word` (valid UTF-8) to `out`. Throws
  /// cria::Error for 2^31 bytes or more.
  void encode(std::string_view word, std::vector<int32_t> &out);

private:
  /// A token of the word; those that are left form a list.
  struct Symbol {
    uint32_t id;
    int32_t previous, next; ///< -1: none
    bool merged;            ///< into the one before it
  };
  struct Candidate {
    uint32_t rank;
    int32_t at; ///< its left part
    uint32_t left, right, result;
    /// For a heap whose top comes first.
    bool operator<(const Candidate &other) const {
      return rank != other.rank ? rank > other.rank : at > other.at;
    }
  };

  void readCharacters(std::string_view word);
  bool addBytes(std::string_view character);
  void add(uint32_t id);
  void consider(int32_t at);
  bool isCurrent(const Candidate &candidate) const;
  void apply(const Candidate &candidate);

  const TokenizerData &data_;
  const CharacterTokens &characters_;
  const bool byteFallback_, fuseUnknown_, ignoreMerges_;
  std::vector<Symbol> symbols_;
  std::vector<Candidate> heap_;
};

} // namespace cria::rt
