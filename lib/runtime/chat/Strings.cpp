//===- Strings.cpp - Python's string operations on marked text ------------===//
#include "runtime/chat/Strings.h"
#include <algorithm>

namespace cria::rt::chat {
namespace {

/// A test for membership in `characters`, or for white space.
auto memberOf(const Text *characters) {
  return [characters](std::string_view character) {
    return characters ? characters->find(character) != Text::npos : isSpace(character);
  };
}

/// Ranges of `text` between the non-overlapping separators, from the left.
std::vector<TextRange> betweenSeparators(const Text &text, const std::string &separator,
                                         std::int64_t most) {
  std::vector<TextRange> out;
  size_t begin = 0;
  for (size_t at; most != 0 && (at = text.find(separator, begin)) != Text::npos; --most) {
    out.push_back({begin, at});
    begin = at + separator.size();
  }
  out.push_back({begin, text.size()});
  return out;
}

/// The same from the right; the ranges are in the order of the text.
std::vector<TextRange> betweenSeparatorsFromRight(Services &services, const Text &text,
                                                  const std::string &separator, std::int64_t most) {
  std::vector<TextRange> out;
  size_t end = text.size();
  while (most-- != 0) {
    services.budget.step(end / 64 * separator.size());
    size_t at =
        end < separator.size() ? Text::npos : text.bytes().rfind(separator, end - separator.size());
    if (at == Text::npos)
      break;
    out.push_back({at + separator.size(), end});
    end = at;
  }
  out.push_back({0, end});
  std::reverse(out.begin(), out.end());
  return out;
}

/// Ranges between places before each character and at the end, of which the first `most` count.
std::vector<TextRange> betweenCharacters(const Text &text, std::int64_t most) {
  std::vector<TextRange> out;
  size_t begin = 0;
  for (size_t at = 0; most != 0; --most) {
    out.push_back({begin, at});
    begin = at;
    if (at == text.size())
      break;
    at = text.characterEnd(at);
  }
  out.push_back({begin, text.size()});
  return out;
}

size_t skipSpace(const Text &text, size_t at, bool space) {
  while (at < text.size()) {
    size_t end = text.characterEnd(at);
    if (isSpace(std::string_view(text.bytes()).substr(at, end - at)) != space)
      break;
    at = end;
  }
  return at;
}

size_t skipSpaceBack(const Text &text, size_t end, bool space) {
  while (end > 0) {
    size_t begin = text.characterBegin(end);
    if (isSpace(std::string_view(text.bytes()).substr(begin, end - begin)) != space)
      break;
    end = begin;
  }
  return end;
}

std::vector<TextRange> words(const Text &text, std::int64_t most) {
  std::vector<TextRange> out;
  for (size_t at = skipSpace(text, 0, true); at < text.size(); at = skipSpace(text, at, true)) {
    size_t end = most-- == 0 ? text.size() : skipSpace(text, at, false);
    out.push_back({at, end});
    at = end;
  }
  return out;
}

std::vector<TextRange> wordsFromRight(const Text &text, std::int64_t most) {
  std::vector<TextRange> out;
  for (size_t end = skipSpaceBack(text, text.size(), true); end > 0;
       end = skipSpaceBack(text, end, true)) {
    size_t begin = most-- == 0 ? 0 : skipSpaceBack(text, end, false);
    out.push_back({begin, end});
    end = begin;
  }
  std::reverse(out.begin(), out.end());
  return out;
}

} // namespace

Text stripped(const Text &text, const Text *characters, Ends ends) {
  auto member = memberOf(characters);
  std::string_view bytes = text.bytes();
  size_t begin = 0, end = text.size();
  while (ends.left && begin < end) {
    size_t next = text.characterEnd(begin);
    if (!member(bytes.substr(begin, next - begin)))
      break;
    begin = next;
  }
  while (ends.right && end > begin) {
    size_t before = text.characterBegin(end);
    if (!member(bytes.substr(before, end - before)))
      break;
    end = before;
  }
  return text.part(begin, end);
}

std::vector<Value> split(Services &services, const Text &text, const Text *separator,
                         std::int64_t most, bool fromRight) {
  if (separator && separator->empty())
    refuse("split: the separator is empty");
  services.budget.step(text.size() / 16);
  std::vector<TextRange> ranges;
  if (separator)
    ranges = fromRight ? betweenSeparatorsFromRight(services, text, separator->bytes(), most)
                       : betweenSeparators(text, separator->bytes(), most);
  else
    ranges = fromRight ? wordsFromRight(text, most) : words(text, most);
  services.budget.allocate(ranges.size(), sizeof(Text) + sizeof(Value));
  std::vector<Value> out;
  for (TextRange range : ranges)
    out.push_back(services.make(text.part(range.begin, range.end)));
  return out;
}

std::vector<Text> splitLines(const Text &text) {
  auto endsLine = [](std::string_view character) {
    return character.size() == 1
               ? (character[0] >= '\n' && character[0] <= '\r') ||
                     (character[0] >= 0x1c && character[0] <= 0x1e)
               : character == "\u0085" || character == "\u2028" || character == "\u2029";
  };
  std::vector<Text> lines;
  std::string_view bytes = text.bytes();
  size_t begin = 0;
  for (size_t at = 0; at < bytes.size();) {
    size_t end = text.characterEnd(at);
    if (!endsLine(bytes.substr(at, end - at))) {
      at = end;
      continue;
    }
    lines.push_back(text.part(begin, at));
    bool pair = bytes[at] == '\r' && end < bytes.size() && bytes[end] == '\n';
    begin = at = end + pair;
  }
  if (begin < bytes.size())
    lines.push_back(text.part(begin, bytes.size()));
  return lines;
}

Text replaced(Services &services, const Text &text, const Text &old, const Text &other,
              std::int64_t most) {
  services.budget.step(text.size() / 16);
  services.budget.allocate(old.empty() ? text.size() : 0, sizeof(TextRange));
  auto ranges =
      old.empty() ? betweenCharacters(text, most) : betweenSeparators(text, old.bytes(), most);
  services.budget.allocate(ranges.size(), other.footprint() + sizeof(TextRange));
  services.budget.allocate(text.footprint());
  Text out;
  for (size_t i = 0; i < ranges.size(); ++i) {
    if (i > 0)
      out.append(other);
    out.append(text, ranges[i].begin, ranges[i].end);
  }
  return out;
}

Text joined(Services &services, const Text &separator, const std::vector<Value> &items) {
  services.budget.allocate(items.size(), separator.footprint());
  Text out;
  bool first = true;
  for (const Value &item : items) {
    if (!first)
      out.append(separator);
    first = false;
    Text printed = services.print(item);
    services.budget.allocate(printed.footprint());
    out.append(printed);
  }
  return out;
}

} // namespace cria::rt::chat
