//===- Literals.cpp - Names, numbers and strings of a template ------------===//
#include "runtime/chat/Literals.h"
#include "runtime/Fail.h"
#include "runtime/chat/Text.h"
#include <algorithm>
#include <charconv>

namespace cria::rt::chat {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// The length of digits with single underscores between them.
size_t digits(std::string_view text) {
  size_t count = 0;
  while (count < text.size() &&
         (isDigit(text[count]) || (text[count] == '_' && count > 0 && count + 1 < text.size() &&
                                   isDigit(text[count - 1]) && isDigit(text[count + 1]))))
    ++count;
  return count;
}

/// The length of a number with a fraction or an exponent, or 0.
size_t realLength(std::string_view text) {
  size_t length = digits(text), fraction = 0, exponent = 0;
  if (!length)
    return 0;
  if (length < text.size() && text[length] == '.')
    fraction = digits(text.substr(length + 1));
  length += fraction ? fraction + 1 : 0;
  std::string_view rest = text.substr(length);
  if (!rest.empty() && (rest[0] == 'e' || rest[0] == 'E')) {
    size_t sign = rest.size() > 1 && (rest[1] == '+' || rest[1] == '-');
    exponent = digits(rest.substr(std::min(rest.size(), 1 + sign)));
    length += exponent ? 1 + sign + exponent : 0;
  }
  return fraction || exponent ? length : 0;
}

std::string withoutUnderscores(std::string_view text) {
  std::string out(text);
  std::erase(out, '_');
  return out;
}

size_t readNumber(std::string_view text, bool afterDot, Token &token) {
  size_t length = afterDot ? 0 : realLength(text);
  if (length) {
    std::string plain = withoutUnderscores(text.substr(0, length));
    token.kind = Token::Kind::real;
    token.text = text.substr(0, length);
    auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), token.real);
    if (error != std::errc())
      throw SyntaxError(token.line, "number " + printable(plain) + " is out of range");
    return length;
  }
  if (text[0] == '0' && text.size() > 2 && std::string_view("bBoOxX").find(text[1]) != text.npos)
    throw SyntaxError(token.line, "numbers that begin with " + std::string(text.substr(0, 2)) +
                                      " are not supported");
  // Zeros in front end the number, as in Python.
  length = text[0] == '0' ? std::min(digits(text), text.find_first_not_of("0_")) : digits(text);
  std::string plain = withoutUnderscores(text.substr(0, length));
  token.kind = Token::Kind::integer;
  token.text = text.substr(0, length);
  auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), token.integer);
  if (error != std::errc())
    throw SyntaxError(token.line, "number " + printable(plain) + " is out of range");
  return length;
}

/// The code of the hexadecimal digits `text`.
char32_t hexadecimal(std::string_view text, size_t count, int line) {
  uint32_t code = 0;
  auto [end, error] =
      std::from_chars(text.data(), text.data() + std::min(count, text.size()), code, 16);
  bool whole = text.size() >= count && end == text.data() + count;
  if (error != std::errc() || !whole || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
    throw SyntaxError(line, "a string has an escape that is not a character");
  return code;
}

/// Appends what the escape at the start of `text`, after the backslash, stands for. Returns its
/// length.
size_t readEscape(std::string_view text, std::string &out, int line) {
  constexpr std::string_view names = "\\'\"abfnrtv", meanings = "\\'\"\a\b\f\n\r\t\v";
  if (size_t simple = names.find(text[0]); simple != names.npos) {
    out += meanings[simple];
    return 1;
  }
  if (text[0] == '\n') // the line goes on
    return 1;
  if (text[0] == 'N')
    throw SyntaxError(line, "\\N in a string is not supported");
  for (auto [letter, count] : {std::pair('x', 2), {'u', 4}, {'U', 8}})
    if (text[0] == letter) {
      out += utf8(hexadecimal(text.substr(1), static_cast<size_t>(count), line));
      return 1 + static_cast<size_t>(count);
    }
  size_t octal = 0;
  char32_t code = 0;
  while (octal < 3 && octal < text.size() && text[octal] >= '0' && text[octal] <= '7')
    code = code * 8 + static_cast<char32_t>(text[octal++] - '0');
  if (octal) {
    out += utf8(code);
    return octal;
  }
  out += '\\'; // not an escape: both characters stay
  return 0;
}

size_t readString(std::string_view text, Token &token) {
  token.kind = Token::Kind::string;
  size_t at = 1;
  while (at < text.size() && text[at] != text[0])
    if (text[at] == '\\' && at + 1 < text.size())
      at += 1 + readEscape(text.substr(at + 1), token.text, token.line);
    else
      token.text += text[at++];
  if (at >= text.size())
    throw SyntaxError(token.line, "a string has no end");
  return at + 1;
}

} // namespace

size_t readLiteral(std::string_view text, bool afterDot, Token &token) {
  if (text[0] == '"' || text[0] == '\'')
    return readString(text, token);
  if (isDigit(text[0]))
    return readNumber(text, afterDot, token);
  size_t length = 0;
  while (length < text.size() && (isLetter(text[length]) || (length && isDigit(text[length]))))
    ++length;
  if (length) {
    token.kind = Token::Kind::name;
    token.text = text.substr(0, length);
  }
  return length;
}

} // namespace cria::rt::chat
