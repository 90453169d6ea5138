//===- Pattern.h - Patterns of tokenizer.json as trees ----------*- C++ -*-===//
#pragma once
#include "import/tokenizer/CharSet.h"
#include <string_view>
#include <vector>

namespace cria::import {

/// A part of a pattern.
struct Pattern {
  enum Kind {
    set,       ///< one character of `characters`
    sequence,  ///< `parts` one after the other; empty: the empty text
    choice,    ///< the first of `parts` that leads to a match
    repeat,    ///< parts[0], at least `least` and at most `most` times
    look,      ///< parts[0] matches here (or not), without being taken
    behind,    ///< the same, up to here
    atomic,    ///< parts[0], whose first match is final
    assertion, ///< see `where`
  };
  enum Greed { greedy, lazy, possessive };

  Kind kind = sequence;
  CharSet characters{};
  std::vector<Pattern> parts{};
  uint32_t least = 0, most = 0; ///< most: tokenizer_format::none is any number
  Greed greed = greedy;
  bool negative = false;
  rt::tokenizer_format::Assertion where{};
};

/// Parses a pattern that tokenizer.json has for Oniguruma (Ruby syntax, Unicode; see its doc/RE).
/// Throws a cria::Error that quotes what is not supported.
Pattern parsePattern(std::string_view text);

/// The pattern that matches `text` itself.
Pattern literalPattern(std::string_view text);

/// How many characters `pattern` matches; nothing if that is not one number.
std::optional<uint32_t> lengthOf(const Pattern &pattern);

/// Whether it may match the empty text.
bool matchesEmpty(const Pattern &pattern);

} // namespace cria::import
