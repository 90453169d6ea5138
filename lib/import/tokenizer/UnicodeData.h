//===- UnicodeData.h - Characters by property -------------------*- C++ -*-===//
//
// UnicodeData.cpp is written by scripts/unicode_tables.py, which asks `tokenizers`.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "runtime/tokenizer/TokenizerFormat.h"
#include <span>
#include <string_view>

namespace cria::import::unicode {

using rt::tokenizer_format::Range;

/// Code points after those of the run before, up to `last`, have one general category.
struct Run {
  uint32_t last;
  uint32_t category; ///< in categoryNames()
};

/// A script, or a class of an engine that `tokenizers` uses.
struct NamedSet {
  std::string_view name; ///< lower case
  std::span<const Range> ranges;
};

std::span<const Run> categoryRuns();
std::span<const std::string_view> categoryNames(); ///< "Lu", "Ll", …
std::span<const NamedSet> namedSets();             ///< in the order of their names

} // namespace cria::import::unicode
