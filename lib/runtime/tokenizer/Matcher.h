//===- Matcher.h - Runs the patterns of a tokenizer -------------*- C++ -*-===//
#pragma once
#include "runtime/tokenizer/TokenizerData.h"
#include <array>

namespace cria::rt {

/// Sets of characters; fast for ASCII.
class CharacterSets {
public:
  /// Refers to `data`.
  explicit CharacterSets(const TokenizerData &data);
  bool contains(uint32_t set, char32_t code) const;

private:
  const TokenizerData &data_;
  std::vector<std::array<uint64_t, 2>> ascii_; ///< by set, a bit per character
};

/// Finds what a pattern matches in one text, with the leftmost match and the priorities of
/// backtracking engines (Oniguruma, Perl).
class Matcher {
public:
  struct Match {
    size_t begin, end;
  };

  /// `text` is valid UTF-8. Refers to all of them.
  Matcher(const TokenizerData &data, const CharacterSets &sets, std::string_view text);

  /// The first match of the pattern at `program` that begins at `from` or later; it is not
  /// empty. Throws cria::Error if that takes more steps than useful patterns do.
  std::optional<Match> find(uint32_t program, size_t from);

private:
  /// A choice that can be taken back: where to go on, or how far a repetition may still shrink
  /// (down to `low`) or grow (up to `high` characters more).
  struct Choice {
    uint32_t instruction;
    size_t at, low;
    uint32_t more;
  };

  std::optional<size_t> run(uint32_t instruction, size_t at, int depth);
  bool step(const tokenizer_format::Instruction &code, uint32_t &instruction, size_t &at,
            int depth);
  bool repeat(const tokenizer_format::Instruction &code, uint32_t &instruction, size_t &at);
  bool look(const tokenizer_format::Instruction &code, uint32_t &instruction, size_t &at,
            int depth);
  bool holds(const tokenizer_format::Instruction &code, size_t at) const;
  bool backtrack(size_t bottom, uint32_t &instruction, size_t &at);
  bool isWord(uint32_t set, size_t at) const;
  bool takes(uint32_t set, size_t at, size_t &end) const;
  void count(uint64_t steps);

  const TokenizerData &data_;
  const CharacterSets &sets_;
  std::string_view text_;
  std::vector<Choice> choices_;
  uint64_t stepsLeft_;
};

} // namespace cria::rt
