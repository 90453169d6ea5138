//===- SplitPattern.h - Split patterns, from one engine to another -*- C++ -*-===//
#pragma once
#include <string>
#include <string_view>

namespace cria::import {

/// `pattern`, which tokenizer.json has for Oniguruma (Ruby syntax, Unicode), as a pattern that
/// matches the same for PCRE2 (UTF and UCP). Takes what both read alike, and \s, which
/// they do not; throws a cria::Error that quotes the rest for all else.
std::string toPcre2(std::string_view pattern);

} // namespace cria::import
