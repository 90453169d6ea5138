//===- Case.cpp - Upper and lower case ------------------------------------===//
#include "runtime/chat/Strings.h"

namespace cria::rt::chat {
namespace {

struct Range {
  char32_t first, last;
  bool has(char32_t code) const { return code >= first && code <= last; }
};

/// Where upper case letters are followed by the lower case ones, `distance` further on.
constexpr struct {
  Range upper;
  char32_t distance;
} pairs[] = {{{'A', 'Z'}, 32},     {{0xc0, 0xd6}, 32},   {{0xd8, 0xde}, 32},  {{0x391, 0x3a1}, 32},
             {{0x3a4, 0x3a9}, 32}, {{0x400, 0x40f}, 80}, {{0x410, 0x42f}, 32}};

/// Blocks without case: signs, symbols, ideographs, syllables, pictures.
constexpr Range caseless[] = {
    {0x80, 0xa9},     {0xab, 0xb4},      {0xb6, 0xb9},     {0xbb, 0xbf},     {0xd7, 0xd7},
    {0xf7, 0xf7},     {0x5d0, 0x5f4},    {0x600, 0x6ff},   {0x900, 0x109f},  {0x2010, 0x205e},
    {0x20a0, 0x20c0}, {0x2190, 0x24b5},  {0x2500, 0x2bff}, {0x3000, 0x9fff}, {0xac00, 0xd7a3},
    {0xff5f, 0xffef}, {0x1f300, 0x1faff}};

std::string mapCharacter(std::string_view character, bool upper) {
  char32_t code = codePoint(character);
  for (auto [range, distance] : pairs) {
    if (range.has(code))
      return upper ? std::string(character) : utf8(code + distance);
    if (code >= distance && range.has(code - distance))
      return upper ? utf8(code - distance) : std::string(character);
  }
  if (code == 0xdf) // sharp s
    return upper ? "SS" : std::string(character);
  bool known = code < 0x80;
  for (Range range : caseless)
    known |= range.has(code);
  if (!known)
    refuse("the case of the character U+{:04X} is not known here", static_cast<uint32_t>(code));
  return std::string(character);
}

} // namespace

Text cased(const Text &text, bool upper) {
  return text.mapped([&](std::string_view character) { return mapCharacter(character, upper); });
}

Text capitalized(const Text &text) {
  if (text.empty())
    return text;
  size_t first = text.characterEnd(0);
  // Title case of a sharp s is "Ss", which upper case does not give.
  Text out = text.bytes().starts_with("\u00df") ? Text("Ss") : cased(text.part(0, first), true);
  out.append(cased(text.part(first, text.size()), false));
  return out;
}

} // namespace cria::rt::chat
