//===- ClassParser.h - Characters and classes of a pattern ------*- C++ -*-===//
#pragma once
#include "import/tokenizer/CharSet.h"
#include <string>
#include <string_view>

namespace cria::import {

/// A pattern that is read from left to right.
class PatternText {
public:
  explicit PatternText(std::string_view text) : rest_(text) {}

  bool atEnd() const { return rest_.empty(); }
  bool at(std::string_view what) const { return rest_.starts_with(what); }
  /// Reads `what` if it stands here.
  bool take(std::string_view what);
  /// What was taken last.
  std::string_view taken() const { return taken_; }
  void skip(size_t bytes) { rest_.remove_prefix(bytes); }
  /// Reads one character; there must be one.
  char32_t character();
  /// Reads up to `end`, which is skipped; nothing if it does not come.
  std::optional<std::string_view> upTo(char end);
  /// The digit that stands here, or 0.
  char digit() const;
  /// The letter of ASCII that stands here, in lower case, or 0.
  char letter() const;
  /// Throws a cria::Error that quotes the next `count` bytes.
  [[noreturn]] void refuse(size_t count) const;

private:
  std::string_view rest_, taken_;
};

/// Reads a class in brackets, with classes inside, &&, and POSIX brackets.
CharSet parseClass(PatternText &text, bool ignoreCase);

/// Reads one character or escape, such as \n, \x41, \p{L}, \s.
CharSet parseCharacter(PatternText &text, bool ignoreCase);

} // namespace cria::import
