//===- Pattern.cpp - Patterns of tokenizer.json as trees ------------------===//
#include "import/tokenizer/Pattern.h"
#include "runtime/Utf8.h"
#include <algorithm>

namespace cria::import {

Pattern literalPattern(std::string_view text) {
  Pattern all;
  for (size_t at = 0; at < text.size();) {
    auto [code, length] = rt::codePointAt(text, at);
    all.parts.push_back({.kind = Pattern::set, .characters = CharSet(code, code)});
    at += length;
  }
  return all;
}

std::optional<uint32_t> lengthOf(const Pattern &pattern) {
  constexpr uint32_t most = 255;
  std::optional<uint32_t> length = 0;
  switch (pattern.kind) {
  case Pattern::set:
    return 1;
  case Pattern::look:
  case Pattern::behind:
  case Pattern::assertion:
    return 0;
  case Pattern::atomic:
    return lengthOf(pattern.parts[0]);
  case Pattern::repeat:
    length = lengthOf(pattern.parts[0]);
    if (!length || pattern.least != pattern.most || pattern.most > most ||
        *length * pattern.most > most)
      return std::nullopt;
    return *length * pattern.most;
  case Pattern::choice:
    for (size_t i = 0; i < pattern.parts.size(); ++i) {
      auto one = lengthOf(pattern.parts[i]);
      if (!one || (i > 0 && one != length))
        return std::nullopt;
      length = one;
    }
    return length;
  case Pattern::sequence:
    for (const Pattern &part : pattern.parts) {
      auto one = lengthOf(part);
      if (!one || *length + *one > most)
        return std::nullopt;
      length = *length + *one;
    }
    return length;
  }
  return std::nullopt;
}

bool matchesEmpty(const Pattern &pattern) {
  auto empty = [](const Pattern &part) { return matchesEmpty(part); };
  switch (pattern.kind) {
  case Pattern::set:
    return false;
  case Pattern::sequence:
    return std::all_of(pattern.parts.begin(), pattern.parts.end(), empty);
  case Pattern::choice:
    return std::any_of(pattern.parts.begin(), pattern.parts.end(), empty);
  case Pattern::repeat:
    return pattern.least == 0 || empty(pattern.parts[0]);
  case Pattern::atomic:
    return empty(pattern.parts[0]);
  default:
    return true;
  }
}

} // namespace cria::import
