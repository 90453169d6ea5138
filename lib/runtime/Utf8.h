//===- Utf8.h - Bytes that should be UTF-8 ----------------------*- C++ -*-===//
#pragma once
#include <string>
#include <string_view>

namespace cria::rt {

/// The beginning of a string: a character, bytes that cannot become one, or the
/// beginning of one that is cut off by the end.
struct Utf8Piece {
  enum Kind { character, broken, cut } kind;
  size_t length; ///< in bytes
};

/// Follows Unicode's table of well-formed UTF-8; `broken` is as long as the standard advises
/// for one U+FFFD (a maximal subpart). `text` must not be empty.
Utf8Piece firstUtf8Piece(std::string_view text);

/// `text` with each maximal subpart that is no character replaced by one U+FFFD.
std::string repairUtf8(std::string_view text);

/// Bytes of Unicode white space that `text`, which is UTF-8, begins or ends with.
size_t spaceAtStart(std::string_view text);
size_t spaceAtEnd(std::string_view text);

} // namespace cria::rt
