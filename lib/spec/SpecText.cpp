//===- SpecText.cpp - The syntax of specs as text -------------------------===//
#include "spec/SpecText.h"
#include "support/Error.h"

namespace cria::spec {
namespace {

constexpr std::size_t mostBytes = 16 << 20, deepest = 64;

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || isDigit(c);
}
bool isValue(char c) { return isWord(c) || c == '.' || c == '+' || c == '-'; }

class Reader {
public:
  Reader(std::string_view text, const std::string &file) : text(text), file(file) {}

  std::vector<Element> readAll() {
    if (text.size() > mostBytes)
      throw Error(file + ": is longer than " + std::to_string(mostBytes) + " bytes");
    std::vector<Element> all = readBody();
    if (at < text.size())
      fail("unmatched \"}\"");
    return all;
  }

private:
  std::vector<Element> readBody() {
    std::vector<Element> body;
    for (skipLines(); at < text.size() && text[at] != '}'; skipLines())
      body.push_back(readElement());
    return body;
  }

  Element readElement() {
    Element element;
    element.line = line;
    element.word = readWhile(isWord);
    if (element.word.empty())
      failHere("a block");
    skipSpaces();
    if (at < text.size() && isWord(text[at]) && !isKey())
      element.name = readWhile(isWord);
    for (skipSpaces(); at < text.size() && isWord(text[at]); skipSpaces())
      element.fields.push_back(readField(element));
    if (at < text.size() && text[at] == '{') {
      if (++depth > deepest)
        fail("blocks are nested more than " + std::to_string(deepest) + " deep");
      ++at;
      element.hasBody = true;
      element.body = readBody();
      if (at == text.size())
        throw Error(where(element.line) + element.word + ": \"{\" is not closed");
      ++at, --depth;
    } else if (at < text.size() && text[at] != '\n' && text[at] != '}') {
      failHere("a field");
    }
    return element;
  }

  bool isKey() const {
    std::size_t end = at;
    while (end < text.size() && isWord(text[end]))
      ++end;
    return end < text.size() && text[end] == '=';
  }

  Field readField(const Element &element) {
    Field field;
    field.key = readWhile(isWord);
    if (at == text.size() || text[at] != '=')
      fail(element.word + ": " + field.key + ": missing value, as in " + field.key + "=1");
    for (const Field &other : element.fields)
      if (other.key == field.key)
        fail(element.word + ": " + field.key + ": is given twice");
    ++at;
    field.quoted = at < text.size() && text[at] == '"';
    field.value = field.quoted ? readString(element, field) : readWhile(isValue);
    if (!field.quoted && field.value.empty())
      failHere("a value of " + field.key);
    return field;
  }

  std::string readString(const Element &element, const Field &field) {
    std::string value;
    auto isText = [](char c) { return c != '"' && static_cast<unsigned char>(c) >= ' '; };
    for (++at; at < text.size() && isText(text[at]); ++at) {
      if (std::string_view next = text.substr(at, 2); next == "\\\"" || next == "\\\\")
        ++at;
      value += text[at];
    }
    if (at == text.size() || text[at] != '"')
      fail(element.word + ": " + field.key + ": unterminated string");
    ++at;
    return value;
  }

  std::string readWhile(bool (*belongs)(char)) {
    std::size_t begin = at;
    while (at < text.size() && belongs(text[at]))
      ++at;
    return std::string(text.substr(begin, at - begin));
  }

  void skipSpaces() {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r'))
      ++at;
    if (at < text.size() && text[at] == '#')
      while (at < text.size() && text[at] != '\n')
        ++at;
  }
  void skipLines() {
    for (skipSpaces(); at < text.size() && text[at] == '\n'; skipSpaces())
      ++at, ++line;
  }

  [[noreturn]] void failHere(const std::string &wanted) {
    std::string found = "the end of the file";
    if (at < text.size()) {
      auto c = static_cast<unsigned char>(text[at]);
      constexpr char hex[] = "0123456789abcdef";
      found = c == '\n'            ? "the end of the line"
              : c > ' ' && c < 127 ? std::string("\"") + text[at] + "\""
                                   : std::string("byte 0x") + hex[c / 16] + hex[c % 16];
    }
    fail("found " + found + " where " + wanted + " is expected");
  }
  [[noreturn]] void fail(const std::string &why) const { throw Error(where(line) + why); }
  std::string where(int at) const { return file + ":" + std::to_string(at) + ": "; }

  std::string_view text;
  const std::string &file;
  std::size_t at = 0, depth = 0;
  int line = 1;
};

} // namespace

std::vector<Element> readElements(std::string_view text, const std::string &file) {
  return Reader(text, file).readAll();
}

} // namespace cria::spec
