//===- Functions.cpp - Functions that templates can call ------------------===//
#include "runtime/chat/Builtin.h"

namespace cria::rt::chat {
namespace {

using A = const Arguments &;

Value range(Services &s, const Value &, A a) {
  std::int64_t bounds[3] = {0, 0, 1};
  size_t given = 0;
  for (const Value &value : a.positional)
    if (!value.isMissing())
      bounds[given++] = integerOf(value, "an argument of range");
  auto [begin, end, by] = std::tuple(bounds[0], bounds[1], bounds[2]);
  if (given == 1)
    std::swap(begin, end);
  constexpr std::int64_t most = 100'000; // of jinja's sandbox
  if (by == 0)
    refuse("range: the step is 0");
  std::vector<Value> items;
  for (std::int64_t at = begin; by > 0 ? at < end : at > end;) {
    if (static_cast<std::int64_t>(items.size()) == most)
      refuse("range: more than {} items", most);
    items.emplace_back(at);
    if (__builtin_add_overflow(at, by, &at))
      break;
  }
  return s.make(std::move(items), Flavor::range);
}

/// Python's dict(MAPPING, name=value…).
Value dict(Services &s, const Value &, A a) {
  std::vector<std::pair<Value, Value>> entries;
  if (a.positional.size() > 1)
    refuse("dict takes at most one mapping");
  if (!a.positional.empty()) {
    if (auto *from = defined(a.positional[0]).asDict())
      entries = from->entries;
    else
      for (const Value &pair : s.items(a.positional[0])) {
        auto both = s.items(pair);
        if (both.size() != 2)
          refuse("dict: an item is not a pair");
        entries.emplace_back(both[0], both[1]);
      }
  }
  for (const auto &[name, value] : a.named)
    entries.emplace_back(Value::text(name), value);
  return s.make(std::move(entries));
}

Value space(Services &s, const Value &none, A a) {
  auto out = s.makeNamespace();
  Value attributes = dict(s, none, a);
  for (const auto &[name, value] : attributes.asDict()->entries)
    s.assign(*out, textOf(name, "the name of an attribute").bytes(), value);
  return Value(std::move(out));
}

[[noreturn]] Value raise(Services &s, const Value &, A a) {
  throw RenderError(printable(s.print(a.positional[0]).bytes()));
}

Value now(Services &s, const Value &, A a) {
  return s.make(Text(s.clock.format(textOf(a.positional[0], "the format").bytes())));
}

constexpr Builtin table[] = {{"dict", {"*"}, 0, dict},
                             {"namespace", {"*"}, 0, space},
                             {"raise_exception", {"message"}, 1, raise},
                             {"range", {"/start", "/stop", "/step"}, 1, range},
                             {"strftime_now", {"format"}, 1, now}};

} // namespace

std::span<const Builtin> functions() { return table; }

} // namespace cria::rt::chat
