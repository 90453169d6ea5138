//===- TextMethods.cpp - Methods of strings -------------------------------===//
#include "runtime/chat/Builtin.h"
#include "runtime/chat/Strings.h"
#include <algorithm>

namespace cria::rt::chat {
namespace {

using A = const Arguments &;

const Text &self(const Value &value) { return *value.asText(); }

/// Argument `i` as text, or null if it was left out or is None.
const Text *optionalText(A a, size_t i, std::string_view what) {
  const Value &value = a.positional[i];
  return value.isMissing() || value.isNone() ? nullptr : &textOf(value, what);
}

std::int64_t optionalInteger(A a, size_t i, std::int64_t otherwise, std::string_view what) {
  return a.positional[i].isMissing() ? otherwise : integerOf(a.positional[i], what);
}

Value strip(Services &s, const Value &v, A a, Ends ends) {
  s.budget.step(self(v).size() / 64);
  return s.make(stripped(self(v), optionalText(a, 0, "the argument of strip"), ends));
}

Value splitBy(Services &s, const Value &v, A a, bool fromRight) {
  const Text *separator = optionalText(a, 0, "the separator of split");
  return s.make(split(s, self(v), separator, optionalInteger(a, 1, -1, "maxsplit"), fromRight));
}

/// Whether the text begins, or ends, with the argument or one of a tuple.
Value affix(Services &s, const Value &v, A a, bool atEnd) {
  auto fits = [&](const Value &value) {
    const std::string &affix = textOf(value, "the argument of startswith and endswith").bytes();
    s.budget.step(affix.size() / 64);
    return atEnd ? self(v).bytes().ends_with(affix) : self(v).bytes().starts_with(affix);
  };
  auto *tuple = a.positional[0].asSequence();
  if (tuple && tuple->flavor == Flavor::tuple)
    return Value(std::any_of(tuple->items.begin(), tuple->items.end(), fits));
  return Value(fits(a.positional[0]));
}

Value removeAffix(Services &s, const Value &v, A a, bool atEnd) {
  const Text &text = self(v), &affix = textOf(a.positional[0], "the argument of removeprefix");
  bool fits =
      atEnd ? text.bytes().ends_with(affix.bytes()) : text.bytes().starts_with(affix.bytes());
  size_t cut = fits ? affix.size() : 0;
  return s.make(atEnd ? text.part(0, text.size() - cut) : text.part(cut, text.size()));
}

/// Where the argument is, in characters, or -1.
std::int64_t indexOf(Services &s, const Value &v, A a, bool last) {
  const Text &text = self(v);
  const std::string &needle = textOf(a.positional[0], "what is looked for").bytes();
  s.budget.step(text.size() / 64 * (last ? needle.size() + 1 : 1));
  size_t at = last ? text.bytes().rfind(needle) : text.find(needle);
  return at == Text::npos ? -1 : static_cast<std::int64_t>(text.part(0, at).length());
}

Value foundIndex(std::int64_t index) {
  if (index < 0)
    refuse("index: the substring is not there");
  return Value(index);
}

Value partition(Services &s, const Value &v, A a, bool last) {
  const Text &text = self(v), &separator = textOf(a.positional[0], "the separator of partition");
  auto parts = split(s, text, &separator, 1, last);
  std::vector<Value> out(3, s.make(Text()));
  if (parts.size() == 1) {
    out[last ? 2 : 0] = v;
  } else {
    size_t at = parts[0].asText()->size();
    out = {parts[0], s.make(text.part(at, at + separator.size())), parts[1]};
  }
  return s.make(std::move(out), Flavor::tuple);
}

Value count(Services &s, const Value &v, A a) {
  const Text &text = self(v), &needle = textOf(a.positional[0], "the argument of count");
  if (needle.empty())
    return Value(s.length(v) + 1);
  return Value(static_cast<std::int64_t>(split(s, text, &needle, -1, false).size()) - 1);
}

/// All characters are of a kind, and there is one. Only ASCII is known.
template <class Kind>
Value all(const Value &v, const Kind &kind) {
  if (!self(v).ascii())
    refuse("the kind of characters outside ASCII is not known here");
  const std::string &bytes = self(v).bytes();
  return Value(!bytes.empty() && std::all_of(bytes.begin(), bytes.end(), kind));
}
bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

Value isSpaceOnly(Services &s, const Value &v, A) {
  s.budget.step(self(v).size() / 64);
  return Value(!self(v).empty() && stripped(self(v), nullptr, {}).empty());
}

Value lines(Services &s, const Value &v, A) {
  s.budget.allocate(self(v).size(), sizeof(Text));
  std::vector<Value> out;
  for (Text &line : splitLines(self(v)))
    out.push_back(s.make(std::move(line)));
  return s.make(std::move(out));
}

/// The value that a field of a format such as "{}", "{0}" or "{name}" stands for.
const Value &fieldValue(std::string_view field, A a, size_t &next) {
  size_t index = a.positional.size();
  if (field.empty())
    index = next++;
  else if (field.size() < 4 && std::all_of(field.begin(), field.end(), digit))
    index = static_cast<size_t>(std::stoi(std::string(field)));
  for (const auto &[name, value] : a.named)
    if (name == field)
      return value;
  if (index >= a.positional.size())
    refuse("format: there is nothing for {{{}}}, or it is not supported", printable(field));
  return a.positional[index];
}

Value format(Services &s, const Value &v, A a) {
  const Text &text = self(v);
  std::string_view bytes = text.bytes();
  Text out;
  size_t next = 0;
  for (size_t at = 0; at < bytes.size();) {
    bool twice = at + 1 < bytes.size() && bytes[at + 1] == bytes[at];
    if ((bytes[at] != '{' && bytes[at] != '}') || twice) {
      out.append(text, at, at + 1);
      at += 1 + ((bytes[at] == '{' || bytes[at] == '}') && twice);
      continue;
    }
    size_t end = bytes.find('}', at);
    if (bytes[at] == '}' || end == bytes.npos)
      refuse("format: a brace has no other");
    Text printed = s.print(fieldValue(bytes.substr(at + 1, end - at - 1), a, next));
    s.budget.allocate(printed.footprint());
    out.append(printed);
    at = end + 1;
  }
  return s.make(std::move(out));
}

Value replace(Services &s, const Value &v, A a) {
  return s.make(replaced(s, self(v), textOf(a.positional[0], "the text to replace"),
                         textOf(a.positional[1], "the replacement"),
                         optionalInteger(a, 2, -1, "count")));
}

Value join(Services &s, const Value &v, A a) {
  auto items = s.items(defined(a.positional[0]));
  for (const Value &item : items)
    textOf(item, "each item of join");
  return s.make(joined(s, self(v), items));
}

// A name that begins with a slash cannot be given by keyword.
constexpr Builtin table[] = {
    {"capitalize",
     {},
     0,
     [](Services &s, const Value &v, A) { return s.make(capitalized(self(v))); }},
    {"count", {"/sub"}, 1, count},
    {"endswith",
     {"/suffix"},
     1,
     [](Services &s, const Value &v, A a) { return affix(s, v, a, true); }},
    {"find",
     {"/sub"},
     1,
     [](Services &s, const Value &v, A a) { return Value(indexOf(s, v, a, false)); }},
    {"format", {"*"}, 0, format},
    {"index",
     {"/sub"},
     1,
     [](Services &s, const Value &v, A a) { return foundIndex(indexOf(s, v, a, false)); }},
    {"isalnum",
     {},
     0,
     [](Services &, const Value &v, A) {
       return all(v, [](char c) { return digit(c) || letter(c); });
     }},
    {"isalpha", {}, 0, [](Services &, const Value &v, A) { return all(v, letter); }},
    {"isdigit", {}, 0, [](Services &, const Value &v, A) { return all(v, digit); }},
    {"isspace", {}, 0, isSpaceOnly},
    {"join", {"/iterable"}, 1, join},
    {"lower", {}, 0, [](Services &s, const Value &v, A) { return s.make(cased(self(v), false)); }},
    {"lstrip",
     {"/chars"},
     0,
     [](Services &s, const Value &v, A a) { return strip(s, v, a, {true, false}); }},
    {"partition",
     {"/sep"},
     1,
     [](Services &s, const Value &v, A a) { return partition(s, v, a, false); }},
    {"removeprefix",
     {"/prefix"},
     1,
     [](Services &s, const Value &v, A a) { return removeAffix(s, v, a, false); }},
    {"removesuffix",
     {"/suffix"},
     1,
     [](Services &s, const Value &v, A a) { return removeAffix(s, v, a, true); }},
    {"replace", {"/old", "/new", "/count"}, 2, replace},
    {"rfind",
     {"/sub"},
     1,
     [](Services &s, const Value &v, A a) { return Value(indexOf(s, v, a, true)); }},
    {"rindex",
     {"/sub"},
     1,
     [](Services &s, const Value &v, A a) { return foundIndex(indexOf(s, v, a, true)); }},
    {"rpartition",
     {"/sep"},
     1,
     [](Services &s, const Value &v, A a) { return partition(s, v, a, true); }},
    {"rsplit",
     {"sep", "maxsplit"},
     0,
     [](Services &s, const Value &v, A a) { return splitBy(s, v, a, true); }},
    {"rstrip",
     {"/chars"},
     0,
     [](Services &s, const Value &v, A a) { return strip(s, v, a, {false, true}); }},
    {"split",
     {"sep", "maxsplit"},
     0,
     [](Services &s, const Value &v, A a) { return splitBy(s, v, a, false); }},
    {"splitlines", {}, 0, lines},
    {"startswith",
     {"/prefix"},
     1,
     [](Services &s, const Value &v, A a) { return affix(s, v, a, false); }},
    {"strip", {"/chars"}, 0, [](Services &s, const Value &v, A a) { return strip(s, v, a, {}); }},
    {"upper", {}, 0, [](Services &s, const Value &v, A) { return s.make(cased(self(v), true)); }},
};

} // namespace

std::span<const Builtin> textMethods() { return table; }

} // namespace cria::rt::chat
