//===- UnicodeForms.h - Unicode normalization forms, lower case -*- C++ -*-===//
#pragma once
#include "runtime/tokenizer/TokenizerFormat.h"
#include <string>
#include <string_view>

namespace cria::rt {

/// `text`, valid UTF-8, in a normalization form (Unicode Standard Annex 15), of the version of
/// Unicode that `tokenizers` has for it.
std::string toUnicodeForm(std::string_view text, tokenizer_format::UnicodeForm form);

/// Each character of `text` in lower case, without regard to its neighbours.
std::string toLowercase(std::string_view text);

} // namespace cria::rt
