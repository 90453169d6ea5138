//===- ListFilters.cpp - Filters over what can be iterated ----------------===//
#include "runtime/chat/Filters.h"
#include "runtime/chat/Strings.h"
#include <algorithm>

namespace cria::rt::chat {
namespace {

using A = const Arguments &;

/// What items are ordered or told apart by: attributes of an item, or the item; strings without
/// regard to case unless told otherwise.
class Key {
public:
  Key(Services &services, Value attribute, bool caseSensitive)
      : services_(services), attribute_(std::move(attribute)), caseSensitive_(caseSensitive) {
    const Text *names = attribute_.asText();
    if (names && names->find(",") != Text::npos)
      refuse("several attributes are not supported");
  }

  Value operator()(const Value &item) const {
    bool whole = attribute_.isMissing() || attribute_.isNone();
    Value key = whole ? item : services_.path(item, attribute_);
    if (caseSensitive_ || !key.asText())
      return key;
    return services_.make(cased(*key.asText(), false));
  }

private:
  Services &services_;
  Value attribute_;
  bool caseSensitive_;
};

using Keyed = std::vector<std::pair<Value, Value>>; ///< key, item

Keyed keyed(Services &s, std::vector<Value> items, const Key &key) {
  s.budget.allocate(items.size(), 2 * sizeof(Value));
  Keyed out;
  for (Value &item : items)
    out.emplace_back(key(item), std::move(item));
  return out;
}

Value sorted(Services &s, const Keyed &items, bool reverse) {
  std::vector<Value> out;
  for (auto &[_, item] : s.sorted(items, reverse))
    out.push_back(std::move(item));
  return s.make(std::move(out));
}

Value sort(Services &s, const Value &v, A a) {
  return sorted(s, keyed(s, s.items(v), Key(s, a.positional[2], flagOf(a, 1))), flagOf(a, 0));
}

Value dictSort(Services &s, const Value &v, A a) {
  if (!defined(v).asDict())
    refuse("dictsort: a {} is not a dict", v.typeName());
  std::string by = textOf(argumentOr(a, 1, Value::text("key")), "by").bytes();
  if (by != "key" && by != "value")
    refuse("dictsort: by must be key or value");
  Key key(s, Value(), flagOf(a, 0));
  Keyed items;
  for (const auto &[name, value] : v.asDict()->entries)
    items.emplace_back(key(by == "key" ? name : value), s.makeTuple(name, value));
  return sorted(s, items, flagOf(a, 2));
}

Value unique(Services &s, const Value &v, A a) {
  std::vector<Value> seen, out;
  for (auto &[key, item] : keyed(s, s.items(v), Key(s, a.positional[1], flagOf(a, 0)))) {
    bool list = key.asSequence() && key.asSequence()->flavor != Flavor::tuple;
    if (list || key.asDict())
      refuse("unique: a {} cannot be told apart", key.typeName());
    if (std::any_of(seen.begin(), seen.end(), [&](const Value &old) { return s.equals(old, key); }))
      continue;
    seen.push_back(key);
    out.push_back(item);
  }
  return s.make(std::move(out), Flavor::iterator);
}

Value extreme(Services &s, const Value &v, A a, bool greatest) {
  auto items = keyed(s, s.items(v), Key(s, a.positional[1], flagOf(a, 0)));
  if (items.empty())
    return Value::undefined("there is no item, the sequence is empty");
  auto best = items.begin();
  for (auto i = best + 1; i != items.end(); ++i)
    if (greatest ? s.order(i->first, best->first) > 0 : s.order(i->first, best->first) < 0)
      best = i;
  return best->second;
}

Value sum(Services &s, const Value &v, A a) {
  bool whole = a.positional[0].isMissing() || a.positional[0].isNone();
  Value total = argumentOr(a, 1, Value(std::int64_t(0)));
  for (const Value &item : s.items(v)) {
    Value next = whole ? item : s.path(item, a.positional[0]);
    auto left = total.asInteger(), right = defined(next).asInteger();
    std::int64_t both = 0;
    if (left && right) {
      if (__builtin_add_overflow(*left, *right, &both))
        refuse("sum: the number is out of range");
      total = Value(both);
    } else if (total.asReal() && next.asReal()) {
      total = Value(*total.asReal() + *next.asReal());
    } else {
      refuse("sum: a {} cannot be added to a {}", next.typeName(), total.typeName());
    }
  }
  return total;
}

Value join(Services &s, const Value &v, A a) {
  auto items = s.items(v);
  if (const Value &attribute = a.positional[1]; !attribute.isMissing() && !attribute.isNone())
    for (Value &item : items)
      item = s.path(item, attribute);
  return s.make(joined(s, s.print(argumentOr(a, 0, Value::text(""))), items));
}

Value first(Services &s, const Value &v, A) {
  Value none = Value::undefined("there is no first item, the sequence is empty");
  if (auto *sequence = v.asSequence(); sequence && sequence->flavor == Flavor::iterator)
    return sequence->walked < sequence->items.size() ? sequence->items[sequence->walked++] : none;
  auto items = s.items(v);
  return items.empty() ? none : items.front();
}

Value last(Services &s, const Value &v, A) {
  if (auto *sequence = v.asSequence(); sequence && sequence->flavor == Flavor::iterator)
    refuse("last: an iterator has no last item; use the filter list before");
  auto items = s.items(v);
  return items.empty() ? Value::undefined("there is no last item, the sequence is empty")
                       : items.back();
}

Value reverse(Services &s, const Value &v, A) {
  auto items = s.items(v);
  std::reverse(items.begin(), items.end());
  if (v.asText())
    return s.make(joined(s, Text(), items));
  return s.make(std::move(items), Flavor::iterator);
}

Value pairs(Services &s, const Value &v, A) {
  std::vector<Value> out;
  if (auto *dict = v.asDict())
    for (const auto &[key, value] : dict->entries)
      out.push_back(s.makeTuple(key, value));
  else if (!v.asUndefined())
    refuse("items: a {} is not a dict", v.typeName());
  return s.make(std::move(out), Flavor::iterator);
}

/// The arguments after the first `skip`, for a filter or test that is called by name.
Arguments rest(A a, size_t skip) {
  Arguments out = a;
  out.positional.erase(out.positional.begin(),
                       out.positional.begin() + static_cast<std::ptrdiff_t>(skip));
  return out;
}

Value mapAttribute(Services &s, const Value &v, A a) {
  Value attribute = Value::missing(), otherwise = Value::missing();
  for (const auto &[name, value] : a.named)
    if (name == "attribute" || name == "default")
      (name == "default" ? otherwise : attribute) = value;
    else
      refuse("map: unexpected argument \"{}\"", printable(name));
  if (attribute.isMissing())
    refuse("map: a filter or an attribute must be named");
  std::vector<Value> out;
  for (const Value &item : s.items(v)) {
    Value found = s.path(item, attribute);
    out.push_back(found.asUndefined() && !otherwise.isMissing() ? otherwise : found);
  }
  return s.make(std::move(out), Flavor::iterator);
}

Value map(Services &s, const Value &v, A a) {
  if (!v.truth()) // None, too
    return s.make(std::vector<Value>(), Flavor::iterator);
  if (a.positional.empty())
    return mapAttribute(s, v, a);
  const std::string &name = textOf(a.positional[0], "the filter of map").bytes();
  const Builtin *filter = findFilter(name);
  if (!filter)
    refuse("map: unknown filter \"{}\"", printable(name));
  std::vector<Value> out;
  for (const Value &item : s.items(v))
    out.push_back(apply(s, *filter, item, rest(a, 1)));
  return s.make(std::move(out), Flavor::iterator);
}

/// select, reject, selectattr, rejectattr.
Value choose(Services &s, const Value &v, A a, bool byAttribute, bool keep) {
  if (!v.truth()) // None, too
    return s.make(std::vector<Value>(), Flavor::iterator);
  if (byAttribute && a.positional.empty())
    refuse("selectattr: the attribute is missing");
  size_t skip = byAttribute;
  const Builtin *test = nullptr;
  if (a.positional.size() > skip) {
    const std::string &name = textOf(a.positional[skip], "the test").bytes();
    if (!(test = findTest(name)))
      refuse("unknown test \"{}\"", printable(name));
  }
  std::vector<Value> out;
  for (const Value &item : s.items(v)) {
    Value value = byAttribute ? s.path(item, a.positional[0]) : item;
    bool holds = test ? apply(s, *test, value, rest(a, skip + 1)).truth() : value.truth();
    if (holds == keep)
      out.push_back(item);
  }
  return s.make(std::move(out), Flavor::iterator);
}

Value length(Services &s, const Value &v, A) { return Value(s.length(v)); }

constexpr Builtin table[] = {
    {"count", {}, 0, length},
    {"dictsort", {"case_sensitive", "by", "reverse"}, 0, dictSort},
    {"first", {}, 0, first},
    {"items", {}, 0, pairs},
    {"join", {"d", "attribute"}, 0, join},
    {"last", {}, 0, last},
    {"length", {}, 0, length},
    {"list", {}, 0, [](Services &s, const Value &v, A) { return s.make(s.items(v)); }},
    {"map", {"*"}, 1, map},
    {"max",
     {"case_sensitive", "attribute"},
     0,
     [](Services &s, const Value &v, A a) { return extreme(s, v, a, true); }},
    {"min",
     {"case_sensitive", "attribute"},
     0,
     [](Services &s, const Value &v, A a) { return extreme(s, v, a, false); }},
    {"reject",
     {"*"},
     0,
     [](Services &s, const Value &v, A a) { return choose(s, v, a, false, false); }},
    {"rejectattr",
     {"*"},
     1,
     [](Services &s, const Value &v, A a) { return choose(s, v, a, true, false); }},
    {"reverse", {}, 0, reverse},
    {"select",
     {"*"},
     0,
     [](Services &s, const Value &v, A a) { return choose(s, v, a, false, true); }},
    {"selectattr",
     {"*"},
     1,
     [](Services &s, const Value &v, A a) { return choose(s, v, a, true, true); }},
    {"sort", {"reverse", "case_sensitive", "attribute"}, 0, sort},
    {"sum", {"attribute", "start"}, 0, sum},
    {"unique", {"case_sensitive", "attribute"}, 0, unique},
};

} // namespace

std::span<const Builtin> listFilters() { return table; }

std::span<const Builtin> filters() {
  static const std::vector<Builtin> all = [] {
    std::vector<Builtin> rows;
    for (auto part : {valueFilters(), listFilters()})
      rows.insert(rows.end(), part.begin(), part.end());
    return rows;
  }();
  return all;
}

} // namespace cria::rt::chat
