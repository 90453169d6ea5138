//===- ValueFilters.cpp - Filters of strings, numbers and values ----------===//
#include "runtime/chat/Filters.h"
#include "runtime/chat/Strings.h"
#include "runtime/chat/ToJson.h"
#include <charconv>
#include <cmath>

namespace cria::rt::chat {
namespace {

using A = const Arguments &;

Value otherwise(Services &, const Value &v, A a) {
  bool replace = v.asUndefined() || (flagOf(a, 1) && !v.truth());
  return replace ? argumentOr(a, 0, Value::text("")) : v;
}

Value trim(Services &s, const Value &v, A a) {
  const Value &characters = a.positional[0];
  bool space = characters.isMissing() || characters.isNone();
  return s.make(
      stripped(s.print(v), space ? nullptr : &textOf(characters, "the argument of trim"), {}));
}

Value replace(Services &s, const Value &v, A a) {
  std::int64_t most = a.positional[2].isMissing() || a.positional[2].isNone()
                          ? -1
                          : integerOf(a.positional[2], "count");
  return s.make(replaced(s, s.print(v), s.print(a.positional[0]), s.print(a.positional[1]), most));
}

bool startsWord(std::string_view character) {
  return isSpace(character) || std::string_view("-({[<").find(character) != std::string_view::npos;
}

/// Words begin after white space, hyphens and opening brackets.
Value title(Services &s, const Value &v, A) {
  Text text = s.print(v), out;
  for (size_t begin = 0; begin < text.size();) {
    auto at = [&](size_t i) {
      return std::string_view(text.bytes()).substr(i, text.characterEnd(i) - i);
    };
    size_t end = text.characterEnd(begin);
    bool separator = startsWord(at(begin));
    while (end < text.size() && startsWord(at(end)) == separator)
      end = text.characterEnd(end);
    size_t first = text.characterEnd(begin);
    out.append(cased(text.part(begin, first), true));
    out.append(cased(text.part(first, end), false));
    begin = end;
  }
  return s.make(std::move(out));
}

Value indent(Services &s, const Value &v, A a) {
  Text text = textOf(v, "what is indented"), indention;
  if (a.positional[0].asText()) {
    indention = *a.positional[0].asText();
  } else {
    std::int64_t width = integerOf(argumentOr(a, 0, Value(std::int64_t(4))), "width");
    s.budget.allocate(static_cast<size_t>(std::max<std::int64_t>(width, 0)));
    indention.append(std::string(static_cast<size_t>(std::max<std::int64_t>(width, 0)), ' '));
  }
  text.append("\n"); // jinja does so, which keeps an empty last line
  auto lines = splitLines(text);
  s.budget.allocate(lines.size(), indention.footprint() + sizeof(Text));
  bool first = flagOf(a, 1), blank = flagOf(a, 2);
  Text out;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i > 0)
      out.append("\n");
    if (i > 0 ? blank || !lines[i].empty() : first)
      out.append(indention);
    out.append(lines[i]);
  }
  return s.make(std::move(out));
}

/// Python's int() or float() of a string, if it has one; only decimal ASCII digits are known.
template <class Number>
std::optional<Number> parse(const Text &text) {
  std::string plain = stripped(text, nullptr, {}).bytes();
  if (plain.starts_with('+') && !plain.starts_with("+-"))
    plain.erase(0, 1);
  if (plain.find('_') != plain.npos || !text.ascii())
    refuse("\"{}\" is not a number that is understood here", printable(text.bytes()));
  Number number{};
  auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
  if (error == std::errc::result_out_of_range)
    refuse("number {} is out of range", printable(plain));
  bool whole = error == std::errc() && end == plain.data() + plain.size();
  return whole ? std::optional(number) : std::nullopt;
}

Value integerFrom(double real, const Value &otherwise) {
  if (std::isnan(real) || std::isinf(real))
    return otherwise;
  if (std::fabs(real) >= 9.2e18)
    refuse("number {} is out of range", pythonReal(real));
  return Value(static_cast<std::int64_t>(real));
}

Value toInteger(Services &, const Value &v, A a) {
  Value otherwise = argumentOr(a, 0, Value(std::int64_t(0)));
  if (integerOf(argumentOr(a, 1, Value(std::int64_t(10))), "base") != 10)
    refuse("int: only base 10 is supported");
  if (auto integer = defined(v).asInteger())
    return Value(*integer);
  if (auto real = v.asReal())
    return integerFrom(*real, otherwise);
  if (!v.asText())
    return otherwise;
  if (auto integer = parse<std::int64_t>(*v.asText()))
    return Value(*integer);
  auto real = parse<double>(*v.asText());
  return real ? integerFrom(*real, otherwise) : otherwise;
}

Value toReal(Services &, const Value &v, A a) {
  Value otherwise = argumentOr(a, 0, Value(0.0));
  if (auto real = defined(v).asReal())
    return Value(*real);
  auto real = v.asText() ? parse<double>(*v.asText()) : std::nullopt;
  return real ? Value(*real) : otherwise;
}

Value absolute(Services &, const Value &v, A) {
  if (auto integer = defined(v).asInteger()) {
    if (*integer == INT64_MIN)
      refuse("number {} is out of range", *integer);
    return Value(*integer < 0 ? -*integer : *integer);
  }
  if (auto real = v.asReal())
    return Value(std::fabs(*real));
  refuse("abs: a {} is not a number", v.typeName());
}

Value rounded(Services &, const Value &v, A a) {
  std::int64_t precision = integerOf(argumentOr(a, 0, Value(std::int64_t(0))), "precision");
  std::string method = textOf(argumentOr(a, 1, Value::text("common")), "method").bytes();
  if (precision < 0 || precision > 15)
    refuse("round: precision {} is not in [0, 15]", precision);
  auto real = defined(v).asReal();
  if (!real)
    refuse("round: a {} is not a number", v.typeName());
  if (method == "common") {
    if (auto integer = v.asInteger())
      return Value(*integer);
    return Value(std::stod(fmt::format("{:.{}f}", *real, precision)));
  }
  if (method != "ceil" && method != "floor")
    refuse("round: the method must be common, ceil or floor");
  double scale = std::pow(10.0, static_cast<double>(precision));
  double scaled = *real * scale;
  return Value((method == "ceil" ? std::ceil(scaled) : std::floor(scaled)) / scale);
}

JsonStyle styleOf(Services &s, A a) {
  JsonStyle style;
  style.ascii = flagOf(a, 0);
  style.sorted = flagOf(a, 3);
  if (const Value &indent = a.positional[1]; indent.asText()) {
    style.indent = *indent.asText();
  } else if (!indent.isMissing() && !indent.isNone()) {
    auto width = std::max<std::int64_t>(integerOf(indent, "indent"), 0);
    s.budget.allocate(static_cast<size_t>(width));
    style.indent = Text(std::string(static_cast<size_t>(width), ' '));
  }
  if (style.indent)
    style.comma = Text(",");
  if (const Value &pair = a.positional[2]; !pair.isMissing() && !pair.isNone()) {
    auto *both = pair.asSequence();
    if (!both || both->items.size() != 2)
      refuse("tojson: separators must be two strings");
    style.comma = textOf(both->items[0], "a separator");
    style.colon = textOf(both->items[1], "a separator");
  }
  return style;
}

Value string(Services &s, const Value &v, A) { return v.asText() ? v : s.make(s.print(v)); }

constexpr Builtin table[] = {
    {"abs", {}, 0, absolute},
    {"capitalize",
     {},
     0,
     [](Services &s, const Value &v, A) { return s.make(capitalized(s.print(v))); }},
    {"d", {"default_value", "boolean"}, 0, otherwise},
    {"default", {"default_value", "boolean"}, 0, otherwise},
    {"float", {"default"}, 0, toReal},
    {"indent", {"width", "first", "blank"}, 0, indent},
    {"int", {"default", "base"}, 0, toInteger},
    {"lower",
     {},
     0,
     [](Services &s, const Value &v, A) { return s.make(cased(s.print(v), false)); }},
    {"replace", {"old", "new", "count"}, 2, replace},
    {"round", {"precision", "method"}, 0, rounded},
    {"safe", {}, 0, [](Services &s, const Value &v, A) { return s.make(s.print(v), true); }},
    {"string", {}, 0, string},
    {"title", {}, 0, title},
    {"tojson",
     {"ensure_ascii", "indent", "separators", "sort_keys"},
     0,
     [](Services &s, const Value &v, A a) { return s.make(toJson(s, v, styleOf(s, a))); }},
    {"trim", {"chars"}, 0, trim},
    {"upper",
     {},
     0,
     [](Services &s, const Value &v, A) { return s.make(cased(s.print(v), true)); }},
};

} // namespace

std::span<const Builtin> valueFilters() { return table; }

} // namespace cria::rt::chat
