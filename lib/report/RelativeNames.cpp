//===- RelativeNames.cpp - Numbered values as distances -------------------===//
#include "report/RelativeNames.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <optional>

using llvm::StringRef;

namespace cria::report {
namespace {

/// Numbers of more digits are no names of values.
constexpr std::size_t mostDigits = 15;

/// Takes a number from the front of `text`, if it is written as numbers are printed.
std::optional<std::int64_t> takeNumber(StringRef &text) {
  StringRef digits = text.take_while([](char c) { return llvm::isDigit(c); });
  std::int64_t number = 0;
  if (digits.size() > mostDigits || (digits.size() > 1 && digits.front() == '0') ||
      digits.getAsInteger(10, number))
    return std::nullopt;
  text = text.drop_front(digits.size());
  return number;
}

/// Takes a distance, as `relativeNames` writes it.
std::optional<std::int64_t> takeDistance(StringRef &text) {
  StringRef rest = text;
  if (!rest.consume_front("~"))
    return std::nullopt;
  bool isNegative = rest.consume_front("-");
  std::optional<std::int64_t> distance = takeNumber(rest);
  if (distance)
    text = rest;
  return isNegative && distance ? -*distance : distance;
}

/// Whether the number before `rest` is all that is defined on its line.
bool definesBefore(StringRef rest) {
  if (rest.consume_front(":"))
    rest = rest.drop_while([](char c) { return llvm::isDigit(c); });
  return rest.starts_with(" = ");
}

/// Replaces what follows each % outside of strings. `replace` is given the number of the last
/// definition and the rest of the line, from whose front it takes what it replaces by the text; it
/// returns the number of the value as well, or nothing.
using Replace =
    llvm::function_ref<std::optional<std::int64_t>(std::int64_t, StringRef &, std::string &)>;

void rewriteLine(StringRef line, std::int64_t &last, std::string &made, Replace replace) {
  std::int64_t before = last;
  bool inString = false, isFirst = true;
  while (!line.empty()) {
    StringRef plain = line.take_until([](char c) { return c == '%' || c == '"' || c == '\\'; });
    made += plain;
    line = line.drop_front(plain.size());
    if (line.empty())
      return;
    isFirst &= plain.ltrim(' ').empty();
    char c = line.front();
    line = line.drop_front();
    made += c;
    if (inString && c == '\\' && !line.empty()) {
      made += line.front();
      line = line.drop_front();
    } else if (c == '"') {
      inString = !inString;
    } else if (c == '%' && !inString) {
      std::optional<std::int64_t> number = replace(before, line, made);
      if (number && isFirst && definesBefore(line))
        last = *number;
    }
    isFirst = false;
  }
}

std::string rewrite(StringRef text, Replace replace) {
  std::string made;
  made.reserve(text.size());
  std::int64_t last = 0;
  while (!text.empty()) {
    auto [line, rest] = text.split('\n');
    rewriteLine(line, last, made, replace);
    if (line.size() < text.size())
      made += '\n';
    text = rest;
  }
  return made;
}

} // namespace

std::string relativeNames(StringRef text) {
  return rewrite(text, [](std::int64_t last, StringRef &rest, std::string &made) {
    std::optional<std::int64_t> number = takeNumber(rest);
    if (number)
      made += "~" + std::to_string(last - *number);
    return number;
  });
}

std::string restoreNames(StringRef relative) {
  return rewrite(
      relative,
      [](std::int64_t last, StringRef &rest, std::string &made) -> std::optional<std::int64_t> {
        std::optional<std::int64_t> distance = takeDistance(rest);
        if (!distance)
          return std::nullopt;
        made += std::to_string(last - *distance);
        return last - *distance;
      });
}

} // namespace cria::report
