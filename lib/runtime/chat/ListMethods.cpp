//===- ListMethods.cpp - Methods of lists, tuples and dicts ---------------===//
#include "runtime/chat/Builtin.h"

namespace cria::rt::chat {
namespace {

using A = const Arguments &;

Value count(Services &s, const Value &v, A a) {
  std::int64_t found = 0;
  for (const Value &item : v.asSequence()->items)
    found += s.equals(item, a.positional[0]);
  return Value(found);
}

Value index(Services &s, const Value &v, A a) {
  const auto &items = v.asSequence()->items;
  for (size_t i = 0; i < items.size(); ++i)
    if (s.equals(items[i], a.positional[0]))
      return Value(static_cast<std::int64_t>(i));
  refuse("index: the value is not in the list");
}

Value get(Services &s, const Value &v, A a) {
  s.budget.step(v.asDict()->entries.size() / 8);
  const Value *found = v.asDict()->find(defined(a.positional[0]));
  return found ? *found : a.positional[1].isMissing() ? Value() : a.positional[1];
}

Value items(Services &s, const Value &v, A) {
  std::vector<Value> out;
  for (const auto &[key, value] : v.asDict()->entries)
    out.push_back(s.makeTuple(key, value));
  return s.make(std::move(out), Flavor::view);
}

Value keys(Services &s, const Value &v, A) { return s.make(s.items(v), Flavor::view); }

Value values(Services &s, const Value &v, A) {
  std::vector<Value> out;
  for (const auto &[_, value] : v.asDict()->entries)
    out.push_back(value);
  return s.make(std::move(out), Flavor::view);
}

constexpr Builtin sequenceMethods[] = {{"count", {"/value"}, 1, count},
                                       {"index", {"/value"}, 1, index}};

constexpr Builtin dictMethods[] = {
    {"copy", {}, 0, [](Services &, const Value &v, A) { return v; }}, // dicts never change
    {"get", {"/key", "/default"}, 1, get},
    {"items", {}, 0, items},
    {"keys", {}, 0, keys},
    {"values", {}, 0, values}};

} // namespace

const Builtin *findSequenceMethod(std::string_view name) { return findIn(sequenceMethods, name); }
const Builtin *findDictMethod(std::string_view name) { return findIn(dictMethods, name); }

} // namespace cria::rt::chat
