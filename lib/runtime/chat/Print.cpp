//===- Print.cpp - Python's str() and repr() ------------------------------===//
#include "runtime/chat/Services.h"
#include <charconv>
#include <cmath>

namespace cria::rt::chat {
namespace {

/// What repr() escapes apart from control characters: separators, formatting characters, private
/// and unassigned code points. Which those are is a matter of Unicode's tables, so only what is
/// surely printable is printed.
bool surelyPrintable(char32_t code) {
  struct Range {
    char32_t first, last;
  };
  // Letters, signs and ideographs in common use; the blocks are complete since Unicode 4.
  constexpr Range ranges[] = {
      {0x20, 0x7e},     {0xa1, 0xac},     {0xae, 0x36f},    {0x400, 0x52f},     {0x5d0, 0x5ea},
      {0x1e00, 0x1eff}, {0x2010, 0x2027}, {0x2030, 0x205e}, {0x20a0, 0x20bf},   {0x2190, 0x23ff},
      {0x2500, 0x27bf}, {0x3001, 0x303f}, {0x3041, 0x3096}, {0x3099, 0x30ff},   {0x3400, 0x4db5},
      {0x4e00, 0x9fa5}, {0xac00, 0xd7a3}, {0xff01, 0xff9e}, {0x1f300, 0x1f64f}, {0x1f680, 0x1f6c5}};
  for (Range range : ranges)
    if (code >= range.first && code <= range.last)
      return true;
  return false;
}

std::string escaped(std::string_view character, char quote) {
  char32_t code = codePoint(character);
  if (code == static_cast<char32_t>(quote) || code == '\\')
    return "\\" + std::string(character);
  if (code == '\n')
    return "\\n";
  if (code == '\r')
    return "\\r";
  if (code == '\t')
    return "\\t";
  if (code < 0x20 || code == 0x7f || (code >= 0x80 && code <= 0xa0) || code == 0xad)
    return fmt::format("\\x{:02x}", static_cast<uint32_t>(code));
  if (!surelyPrintable(code))
    refuse("a list or dict with the character U+{:04X} cannot be printed; use the filter tojson",
           static_cast<uint32_t>(code));
  return std::string(character);
}

Text quoted(const Text &text) {
  bool single = text.find("'") != Text::npos, twice = text.find("\"") != Text::npos;
  char quote = single && !twice ? '"' : '\'';
  Text out(std::string(1, quote));
  out.append(text.mapped([&](std::string_view character) { return escaped(character, quote); }));
  out.append(std::string(1, quote));
  return out;
}

/// Items between brackets.
template <class Items, class Show>
Text joined(std::string_view open, const Items &items, std::string_view close, const Show &show) {
  Text out{std::string(open)};
  bool first = true;
  for (const auto &item : items) {
    if (!first)
      out.append(", ");
    first = false;
    show(item, out);
  }
  out.append(close);
  return out;
}

Text rangeText(const Sequence &range) {
  // A range keeps only its items: the one shown is refused if it is not range(0, N).
  for (size_t i = 0; i < range.items.size(); ++i)
    if (range.items[i].asInteger() != static_cast<std::int64_t>(i))
      refuse("a range cannot be printed; use the filter list");
  return Text(fmt::format("range(0, {})", range.items.size()));
}

} // namespace

std::string pythonReal(double value) {
  if (std::isnan(value))
    return "nan";
  if (std::isinf(value))
    return value < 0 ? "-inf" : "inf";
  char buffer[32];
  // The shortest digits that read back as the same value, as Python has them.
  auto end =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  std::string text(buffer, end);
  size_t e = text.find('e');
  int exponent = std::stoi(text.substr(e + 1));
  if (exponent < -4 || exponent >= 16)
    return text;
  end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed).ptr;
  text.assign(buffer, end);
  return text.find('.') == text.npos ? text + ".0" : text;
}

Text Services::print(const Value &value) {
  if (value.asUndefined())
    return {};
  if (const Text *text = value.asText())
    return *text;
  return repr(value);
}

Text Services::repr(const Value &value) {
  budget.step(value.cost());
  if (value.asUndefined())
    return Text("Undefined");
  if (value.isNone())
    return Text("None");
  if (auto *flag = value.as<bool>())
    return Text(*flag ? "True" : "False");
  if (auto integer = value.asInteger())
    return Text(std::to_string(*integer));
  if (auto real = value.asReal())
    return Text(pythonReal(*real));
  if (const Text *text = value.asText()) {
    budget.allocate(text->footprint());
    return quoted(*text);
  }
  if (auto *dict = value.asDict())
    return joined("{", dict->entries, "}", [&](const auto &entry, Text &out) {
      out.append(repr(entry.first));
      out.append(": ");
      out.append(repr(entry.second));
    });
  auto showItem = [&](const Value &item, Text &out) { out.append(repr(item)); };
  if (auto *sequence = value.asSequence()) {
    if (sequence->flavor == Flavor::range)
      return rangeText(*sequence);
    if (sequence->flavor == Flavor::list)
      return joined("[", sequence->items, "]", showItem);
    if (sequence->flavor == Flavor::tuple)
      return joined("(", sequence->items, sequence->items.size() == 1 ? ",)" : ")", showItem);
  }
  refuse("a {} cannot be printed", value.typeName());
}

} // namespace cria::rt::chat
