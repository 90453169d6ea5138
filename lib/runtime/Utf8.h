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

/// A character of valid UTF-8 and its length in bytes.
struct CodePoint {
  char32_t value;
  size_t length;
};
/// The character that begins at `text[at]`; `text` is valid UTF-8, and `at` lies inside it.
inline CodePoint codePointAt(std::string_view text, size_t at) {
  auto byte = [&](size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[at + i]));
  };
  char32_t first = byte(0);
  if (first < 0x80)
    return {first, 1};
  if (first < 0xe0)
    return {(first & 0x1f) << 6 | (byte(1) & 0x3f), 2};
  if (first < 0xf0)
    return {(first & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f), 3};
  return {(first & 0x07) << 18 | (byte(1) & 0x3f) << 12 | (byte(2) & 0x3f) << 6 | (byte(3) & 0x3f),
          4};
}
/// Where the character before `text[at]` begins; `at` is not 0.
inline size_t previousCharacter(std::string_view text, size_t at) {
  do
    --at;
  while (at > 0 && (text[at] & 0xc0) == 0x80);
  return at;
}
/// Appends a code point up to U+10FFFF.
void appendUtf8(std::string &out, char32_t code);
/// Whether all of `text` is valid UTF-8.
bool isUtf8(std::string_view text);

/// Bytes of Unicode white space that `text`, which is UTF-8, begins or ends with.
size_t spaceAtStart(std::string_view text);
size_t spaceAtEnd(std::string_view text);

} // namespace cria::rt
