//===- Services.cpp - What builtins of templates work with ----------------===//
#include "runtime/chat/Services.h"
#include <algorithm>
#include <numeric>

namespace cria::rt::chat {
namespace {

/// Counts what is inside a new value, within the bounds.
struct Inside {
  int depth = 0;
  size_t cost = 1;

  void add(const Value &value) {
    depth = std::max(depth, value.depth());
    cost += value.cost();
    constexpr size_t mostCost = 10'000'000;
    if (depth >= Budget::mostValueDepth)
      refuse("values are nested deeper than {} levels", Budget::mostValueDepth);
    if (cost > mostCost)
      refuse("a value is too large");
  }
};

} // namespace

const Value &defined(const Value &value) {
  if (auto *undefined = value.asUndefined())
    throw RenderError(*undefined->why);
  return value;
}

const Text &textOf(const Value &value, std::string_view what) {
  if (const Text *text = defined(value).asText())
    return *text;
  refuse("{} must be a string, not {}", what, value.typeName());
}

std::int64_t integerOf(const Value &value, std::string_view what) {
  if (auto integer = defined(value).asInteger())
    return *integer;
  refuse("{} must be an integer, not {}", what, value.typeName());
}

Value Services::make(Text text, bool safe) {
  budget.allocate(text.footprint());
  return Value(std::move(text), safe);
}

Value Services::make(std::vector<Value> items, Flavor flavor) {
  budget.allocate(items.size(), sizeof(Value));
  auto sequence = std::make_shared<Sequence>();
  Inside inside;
  for (const Value &item : items)
    inside.add(item);
  sequence->depth = inside.depth + 1;
  sequence->cost = inside.cost;
  sequence->flavor = flavor;
  sequence->items = std::move(items);
  return Value(std::move(sequence));
}

Value Services::make(std::vector<std::pair<Value, Value>> entries) {
  budget.allocate(entries.size(), 2 * sizeof(Value));
  auto dict = std::make_shared<Dict>();
  Inside inside;
  for (auto &[key, value] : entries) {
    if (defined(key).asSequence() ? key.asSequence()->flavor != Flavor::tuple
                                  : key.asDict() != nullptr)
      refuse("a {} cannot be a key of a dict", key.typeName());
    inside.add(key);
    inside.add(value);
    budget.step(1 + dict->entries.size() / 8);
    auto old = std::find_if(dict->entries.begin(), dict->entries.end(),
                            [&](const auto &entry) { return equal(entry.first, key); });
    if (old != dict->entries.end())
      old->second = std::move(value);
    else
      dict->entries.emplace_back(std::move(key), std::move(value));
  }
  dict->depth = inside.depth + 1;
  dict->cost = inside.cost;
  return Value(std::shared_ptr<const Dict>(std::move(dict)));
}

Value Services::makeTuple(Value first, Value second) {
  std::vector<Value> both;
  both.push_back(std::move(first));
  both.push_back(std::move(second));
  return make(std::move(both), Flavor::tuple);
}

Value Services::bind(const Builtin &builtin, const Value &self) {
  auto callable = std::make_shared<Callable>();
  callable->builtin = &builtin;
  callable->self = self;
  return Value(std::shared_ptr<const Callable>(std::move(callable)));
}

std::shared_ptr<Namespace> Services::makeNamespace() {
  budget.allocate(sizeof(Namespace) + 64);
  return spaces_.emplace_back(std::make_shared<Namespace>());
}

void Services::assign(Namespace &space, const std::string &name, const Value &value) {
  if (name.starts_with('_'))
    refuse("an attribute of a namespace must not begin with an underscore: {}", printable(name));
  budget.allocate(name.size() + 64);
  space.attributes[name] = value;
}

Services::~Services() {
  for (const auto &space : spaces_)
    space->attributes.clear();
}

std::vector<Value> Services::items(const Value &value) {
  std::vector<Value> out;
  if (value.asUndefined())
    return out;
  if (const Text *text = value.asText()) {
    auto at = text->boundaries();
    budget.allocate(at.size(), sizeof(Value) + sizeof(Text));
    for (size_t i = 0; i + 1 < at.size(); ++i)
      out.push_back(Value(text->part(at[i], at[i + 1])));
    return out;
  }
  if (auto *dict = value.asDict()) {
    budget.allocate(dict->entries.size(), sizeof(Value));
    for (const auto &[key, _] : dict->entries)
      out.push_back(key);
    return out;
  }
  auto *sequence = value.asSequence();
  if (!sequence)
    refuse("a {} cannot be iterated over", value.typeName());
  budget.allocate(sequence->items.size(), sizeof(Value));
  out.assign(sequence->items.begin() + static_cast<std::ptrdiff_t>(sequence->walked),
             sequence->items.end());
  if (sequence->flavor == Flavor::iterator)
    sequence->walked = sequence->items.size();
  return out;
}

std::int64_t Services::length(const Value &value) {
  if (value.asUndefined())
    return 0;
  if (const Text *text = value.asText()) {
    budget.step(text->size() / 64);
    return static_cast<std::int64_t>(text->length());
  }
  if (auto *dict = value.asDict())
    return static_cast<std::int64_t>(dict->entries.size());
  auto *sequence = value.asSequence();
  if (!sequence || sequence->flavor == Flavor::iterator)
    refuse("a {} has no length", value.typeName());
  return static_cast<std::int64_t>(sequence->items.size());
}

bool Services::contains(const Value &container, const Value &needle) {
  if (container.asUndefined())
    return false;
  budget.step(container.cost());
  if (const Text *text = container.asText())
    return text->find(textOf(needle, "what is looked for in a string").bytes()) != Text::npos;
  if (auto *dict = container.asDict())
    return dict->find(needle) != nullptr;
  if (!container.asSequence())
    refuse("a {} cannot contain anything", container.typeName());
  auto all = items(container);
  return std::any_of(all.begin(), all.end(),
                     [&](const Value &value) { return equal(value, needle); });
}

bool Services::equals(const Value &a, const Value &b) {
  budget.step(std::min(a.cost(), b.cost()));
  return equal(a, b);
}

int Services::order(const Value &a, const Value &b) {
  budget.step(std::min(a.cost(), b.cost()));
  return compare(a, b);
}

std::vector<std::pair<Value, Value>>
Services::sorted(const std::vector<std::pair<Value, Value>> &pairs, bool reverse) {
  budget.allocate(pairs.size(), sizeof(size_t) + 2 * sizeof(Value));
  std::vector<size_t> places(pairs.size());
  std::iota(places.begin(), places.end(), 0);
  std::sort(places.begin(), places.end(), [&](size_t a, size_t b) {
    int before = order(pairs[a].first, pairs[b].first);
    return before == 0 ? a < b : (before < 0) != reverse;
  });
  std::vector<std::pair<Value, Value>> out;
  for (size_t place : places)
    out.push_back(pairs[place]);
  return out;
}

} // namespace cria::rt::chat
