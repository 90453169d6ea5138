#include "runtime/Utf8.h"
#include <algorithm>

namespace cria::rt {

Utf8Piece firstUtf8Piece(std::string_view text) {
  auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char first = byte(0), low = 0x80, high = 0xbf;
  if (first < 0x80)
    return {Utf8Piece::character, 1};
  if (first < 0xc2 || first > 0xf4)
    return {Utf8Piece::broken, 1};
  size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (first == 0xe0)
    low = 0xa0; // shorter forms exist
  if (first == 0xf0)
    low = 0x90;
  if (first == 0xed)
    high = 0x9f; // surrogates
  if (first == 0xf4)
    high = 0x8f; // past U+10FFFF
  for (size_t i = 1; i < length; ++i, low = 0x80, high = 0xbf) {
    if (i == text.size())
      return {Utf8Piece::cut, i};
    if (byte(i) < low || byte(i) > high)
      return {Utf8Piece::broken, i};
  }
  return {Utf8Piece::character, length};
}

std::string repairUtf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    auto [kind, length] = firstUtf8Piece(text);
    out += kind == Utf8Piece::character ? text.substr(0, length) : "\xef\xbf\xbd";
    text.remove_prefix(length);
  }
  return out;
}

void appendUtf8(std::string &out, char32_t code) {
  auto put = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code < 0x80)
    return put(code);
  if (code < 0x800) {
    put(0xc0 | code >> 6);
  } else {
    if (code < 0x10000) {
      put(0xe0 | code >> 12);
    } else {
      put(0xf0 | code >> 18);
      put(0x80 | (code >> 12 & 0x3f));
    }
    put(0x80 | (code >> 6 & 0x3f));
  }
  put(0x80 | (code & 0x3f));
}

bool isUtf8(std::string_view text) {
  while (!text.empty()) {
    auto [kind, length] = firstUtf8Piece(text);
    if (kind != Utf8Piece::character)
      return false;
    text.remove_prefix(length);
  }
  return true;
}

namespace {

/// The property White_Space.
bool isSpace(std::string_view character) {
  static constexpr std::string_view wide[] = {"\u0085", "\u00a0", "\u1680", "\u2000", "\u2001",
                                              "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
                                              "\u2007", "\u2008", "\u2009", "\u200a", "\u2028",
                                              "\u2029", "\u202f", "\u205f", "\u3000"};
  if (character.size() == 1)
    return character == " " || (character >= "\t" && character <= "\r");
  return std::find(std::begin(wide), std::end(wide), character) != std::end(wide);
}

} // namespace

size_t spaceAtStart(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    size_t length = firstUtf8Piece(text.substr(at)).length;
    if (!isSpace(text.substr(at, length)))
      break;
    at += length;
  }
  return at;
}

size_t spaceAtEnd(std::string_view text) {
  size_t end = text.size();
  while (end > 0) {
    size_t begin = end - 1;
    while (begin > 0 && (text[begin] & 0xc0) == 0x80)
      --begin;
    if (!isSpace(text.substr(begin, end - begin)))
      break;
    end = begin;
  }
  return text.size() - end;
}

} // namespace cria::rt
