//===- PatternCompiler.h - Patterns to programs of tokenizer.cria -*- C++ -*-===//
#pragma once
#include "import/tokenizer/Pattern.h"

namespace cria::import {

/// Patterns as the machine of runtime/tokenizer/Matcher.h runs them, and the sets they use.
struct Programs {
  std::vector<rt::tokenizer_format::Instruction> code;
  std::vector<CharSet> sets;

  /// The index of a set, which is kept once.
  uint32_t add(const CharSet &set);
};

/// Appends `pattern` to `programs`; where it begins. Throws cria::Error if it may match the empty
/// text, repeats what may, or is very large.
uint32_t compilePattern(const Pattern &pattern, Programs &programs);

} // namespace cria::import
