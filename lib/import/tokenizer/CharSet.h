//===- CharSet.h - Sets of characters ---------------------------*- C++ -*-===//
#pragma once
#include "runtime/tokenizer/TokenizerFormat.h"
#include <optional>
#include <string_view>
#include <vector>

namespace cria::import {

/// A set of code points up to U+10FFFF.
class CharSet {
public:
  using Range = rt::tokenizer_format::Range;

  CharSet() = default;
  CharSet(char32_t first, char32_t last) : ranges_{{first, last}} {}
  /// Of ranges in any order, which may overlap.
  static CharSet of(std::vector<Range> ranges);

  /// In ascending order, with gaps between them.
  const std::vector<Range> &ranges() const { return ranges_; }
  bool contains(char32_t code) const;
  bool empty() const { return ranges_.empty(); }
  bool operator==(const CharSet &other) const;

  CharSet operator|(const CharSet &other) const;
  CharSet operator&(const CharSet &other) const;
  CharSet operator~() const;

private:
  std::vector<Range> ranges_;
};

/// What \p{name} is for Oniguruma: a general category or a group of them ("L", "Lu", "Letter"), a
/// script ("Han"), or a property ("Alphabetic"). Case, spaces, hyphens and low lines in `name`
/// do not count. Nothing if there is no such set in the tables.
std::optional<CharSet> unicodeProperty(std::string_view name);

/// A set of the tables that must be there: "word", "space", "rustnumeric", …
CharSet namedSet(std::string_view name);

} // namespace cria::import
