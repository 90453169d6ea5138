//===- Bpe.h - A word to tokens, by merges ----------------------*- C++ -*-===//
#pragma once
#include "runtime/TokenizerData.h"
#include <vector>

namespace cria::rt {

/// Byte-pair encoding (Sennrich et al. 2016): a word begins as its bytes, and the merge of the
/// lowest rank, the leftmost of equal ones, is done until none is left. A word of n bytes takes
/// O(n log n). Keeps its memory from word to word.
class Bpe {
public:
  /// Refers to `data`.
  explicit Bpe(const TokenizerData &data) : data_(data) {}

  /// Appends the tokens of `word` (less than 2^31 bytes) to `out`.
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

  void consider(int32_t at);
  bool isCurrent(const Candidate &candidate) const;
  void apply(const Candidate &candidate);

  const TokenizerData &data_;
  std::vector<Symbol> symbols_;
  std::vector<Candidate> heap_;
};

} // namespace cria::rt
