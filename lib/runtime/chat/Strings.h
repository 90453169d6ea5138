//===- Strings.h - Python's string operations on marked text ----*- C++ -*-===//
#pragma once
#include "runtime/chat/Services.h"

namespace cria::rt::chat {

/// Which ends an operation works on.
struct Ends {
  bool left = true, right = true;
};

/// str.strip(): without `characters` at the ends; null means white space.
Text stripped(const Text &text, const Text *characters, Ends ends);
/// str.split(separator, most), or rsplit(); null means runs of white space, -1 without limit.
std::vector<Value> split(Services &services, const Text &text, const Text *separator,
                         std::int64_t most, bool fromRight);
/// str.splitlines(), without the ends of lines.
std::vector<Text> splitLines(const Text &text);
/// str.replace(old, other, most).
Text replaced(Services &services, const Text &text, const Text &old, const Text &other,
              std::int64_t most);
/// separator.join(items), each printed.
Text joined(Services &services, const Text &separator, const std::vector<Value> &items);
/// str.upper() and str.lower(). Throws a RenderError for the characters whose case is left to
/// Unicode's larger tables.
Text cased(const Text &text, bool upper);
/// str.capitalize().
Text capitalized(const Text &text);

} // namespace cria::rt::chat
