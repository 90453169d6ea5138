//===- ClassParser.cpp - Characters and classes of a pattern --------------===//
#include "import/tokenizer/ClassParser.h"
#include "runtime/Utf8.h"
#include "support/Error.h"
#include <algorithm>
#include <cctype>
#include <charconv>

namespace cria::import {

bool PatternText::take(std::string_view what) {
  if (!at(what))
    return false;
  taken_ = rest_.substr(0, what.size());
  skip(what.size());
  return true;
}

char32_t PatternText::character() {
  if (rest_.empty())
    throw Error("the pattern ends in the middle");
  auto [code, length] = rt::codePointAt(rest_, 0);
  skip(length);
  return code;
}

std::optional<std::string_view> PatternText::upTo(char end) {
  size_t at = rest_.find(end);
  if (at == rest_.npos)
    return std::nullopt;
  std::string_view found = rest_.substr(0, at);
  skip(at + 1);
  return found;
}

char PatternText::digit() const {
  return !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9' ? rest_[0] : '\0';
}

char PatternText::letter() const {
  auto c = static_cast<unsigned char>(rest_.empty() ? 0 : rest_[0]);
  return c < 0x80 && std::isalpha(c) ? static_cast<char>(std::tolower(c)) : '\0';
}

void PatternText::refuse(size_t count) const {
  throw Error("\"" + std::string(rest_.substr(0, count)) + "\" is not supported in a pattern");
}

namespace {

CharSet one(char32_t code) { return {code, code}; }

CharSet hexDigits() { return CharSet('0', '9') | CharSet('a', 'f') | CharSet('A', 'F'); }

/// \x41, \x{1F600} or \u0041, from after the letter.
CharSet hexadecimal(PatternText &text, char letter) {
  std::string digits;
  if (letter == 'x' && text.take("{")) {
    digits = text.upTo('}').value_or("");
  } else {
    for (int i = 0; i < (letter == 'x' ? 2 : 4) && !text.atEnd(); ++i)
      rt::appendUtf8(digits, text.character());
    if (digits.size() != (letter == 'x' ? 2U : 4U))
      digits.clear();
  }
  uint32_t code = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
  bool good = error == std::errc() && end == digits.data() + digits.size() && code <= 0x10ffff &&
              (code < 0xd800 || code > 0xdfff);
  if (!good || (letter == 'x' && digits.size() == 2 && code >= 0x80)) // a byte, not a character
    throw Error("\"\\" + std::string(1, letter) + digits + "\" is not supported in a pattern");
  return one(code);
}

/// \p{L}, \P{L} or \p{^L}, from after the letter.
CharSet property(PatternText &text, bool negative) {
  if (!text.take("{"))
    throw Error("\"\\p\" without { is not supported in a pattern");
  negative ^= text.take("^");
  auto name = text.upTo('}');
  auto set = name ? unicodeProperty(*name) : std::nullopt;
  if (!set)
    throw Error("\"\\p{" + std::string(name.value_or("")) + "}\" is not supported in a pattern");
  return negative ? ~*set : *set;
}

/// The class of a letter such as s; those in upper case are the others.
std::optional<CharSet> shorthand(char letter) {
  switch (letter) {
  case 's':
    return namedSet("space");
  case 'S':
    return ~namedSet("space");
  case 'd':
    return unicodeProperty("Nd");
  case 'D':
    return ~*unicodeProperty("Nd");
  case 'w':
    return namedSet("word");
  case 'W':
    return ~namedSet("word");
  case 'h':
    return hexDigits();
  case 'H':
    return ~hexDigits();
  default:
    return std::nullopt;
  }
}

struct Element {
  CharSet set;
  bool isCharacter; ///< one character, which may begin a range
};

Element escape(PatternText &text) {
  text.take("\\");
  if (text.atEnd())
    throw Error("\"\\\" is not supported at the end of a pattern");
  char32_t code = text.character();
  if (code >= 0x80)
    throw Error("\"\\\" before a character that is not ASCII is not supported in a pattern");
  char letter = static_cast<char>(code);
  if (letter == 'p' || letter == 'P')
    return {property(text, letter == 'P'), false};
  if (auto set = shorthand(letter))
    return {std::move(*set), false};
  constexpr std::pair<char, char> controls[] = {{'n', '\n'}, {'t', '\t'}, {'r', '\r'},  {'f', '\f'},
                                                {'v', '\v'}, {'a', '\a'}, {'e', '\x1b'}};
  for (auto [name, control] : controls)
    if (letter == name)
      return {one(static_cast<unsigned char>(control)), true};
  if (letter == 'x' || letter == 'u')
    return {hexadecimal(text, letter), true};
  if (std::isalnum(static_cast<unsigned char>(letter)))
    throw Error("\"\\" + std::string(1, letter) + "\" is not supported in a pattern");
  return {one(code), true};
}

/// [:alpha:] or [:^alpha:]; the [: is taken.
CharSet posix(PatternText &text) {
  bool negative = text.take("^");
  auto name = text.upTo(':');
  if (!name || !text.take("]"))
    throw Error("\"[:\" without \":]\" is not supported in a pattern");
  constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"alpha", "alphabetic"}, {"punct", "posixpunct"}, {"space", "space"},
      {"word", "word"},        {"graph", "posixgraph"}, {"print", "posixprint"},
      {"upper", "posixupper"}, {"lower", "posixlower"}};
  std::optional<CharSet> set;
  for (auto [posixName, tableName] : names)
    if (*name == posixName)
      set = namedSet(tableName);
  if (*name == "digit")
    set = unicodeProperty("Nd");
  else if (*name == "alnum")
    set = namedSet("alphabetic") | *unicodeProperty("Nd");
  else if (*name == "xdigit")
    set = hexDigits();
  else if (*name == "cntrl")
    set = unicodeProperty("Cc");
  if (!set)
    throw Error("\"[:" + std::string(*name) + ":]\" is not supported in a pattern");
  return negative ? ~*set : *set;
}

/// With the other case of its letters of ASCII, and the two characters beyond ASCII that are
/// a case of one. Other letters with two cases must stand beside all their cases.
CharSet withBothCases(const CharSet &set) {
  CharSet out = set;
  for (char32_t lower = 'a'; lower <= 'z'; ++lower) {
    char32_t upper = lower - 'a' + 'A';
    if (set.contains(lower) || set.contains(upper))
      out = out | one(lower) | one(upper);
  }
  if (out.contains('k'))
    out = out | one(0x212a);
  if (out.contains('s'))
    out = out | one(0x17f);
  if (set.empty() || set.ranges().back().last < 0x80)
    return out;
  CharSet cased = *unicodeProperty("LC") & ~CharSet(0, 0x7f) & ~one(0x212a) & ~one(0x17f);
  CharSet inside = set & cased;
  if (!inside.empty() && !(inside == cased))
    throw Error("letters that are not ASCII are not supported in a pattern that ignores case");
  return out;
}

/// The rest of a class whose [ is taken, up to its ]; && binds weaker than standing side by side.
CharSet classBody(PatternText &text, int depth) {
  if (depth > 20)
    throw Error("classes are nested deeper than 20");
  bool negative = text.take("^");
  if (text.at("]"))
    text.refuse(1);
  CharSet side, all = ~CharSet();
  while (!text.take("]")) {
    if (text.atEnd())
      throw Error("a [ without its ]");
    if (text.take("&&")) {
      all = all & side;
      side = CharSet();
    } else if (text.take("[:")) {
      side = side | posix(text);
    } else if (text.take("[")) {
      side = side | classBody(text, depth + 1);
    } else {
      Element first = text.at("\\") ? escape(text) : Element{one(text.character()), true};
      bool range = text.at("-") && !text.at("-]") && !text.at("-&&");
      if (range && !first.isCharacter)
        text.refuse(1);
      if (range) {
        text.take("-");
        if (text.at("["))
          text.refuse(1);
        Element last = text.at("\\") ? escape(text) : Element{one(text.character()), true};
        char32_t low = first.set.ranges()[0].first, high = last.set.ranges()[0].first;
        if (!last.isCharacter || high < low)
          throw Error("a range of characters from high to low is not supported in a pattern");
        first.set = CharSet(low, high);
      }
      side = side | first.set;
    }
  }
  all = all & side;
  return negative ? ~all : all;
}

} // namespace

CharSet parseClass(PatternText &text, bool ignoreCase) {
  text.take("[");
  bool negative = text.at("^");
  CharSet set = classBody(text, 0);
  if (!ignoreCase)
    return set;
  return negative ? ~withBothCases(~set) : withBothCases(set);
}

CharSet parseCharacter(PatternText &text, bool ignoreCase) {
  CharSet set = text.at("\\") ? escape(text).set : one(text.character());
  return ignoreCase ? withBothCases(set) : set;
}

} // namespace cria::import
