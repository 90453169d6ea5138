//===- Value.cpp - The values of a chat template --------------------------===//
#include "runtime/chat/Value.h"
#include "runtime/chat/Budget.h"
#include <algorithm>
#include <fmt/format.h>

namespace cria::rt::chat {

Value Value::undefined(std::string why) {
  Value value;
  value.data_ = Undefined{std::make_shared<const std::string>(std::move(why))};
  return value;
}

Value Value::missing() {
  Value value;
  value.data_ = Missing{};
  return value;
}

std::optional<std::int64_t> Value::asInteger() const {
  if (auto *integer = as<std::int64_t>())
    return *integer;
  if (auto *flag = as<bool>())
    return *flag;
  return std::nullopt;
}

std::optional<double> Value::asReal() const {
  if (auto *real = as<double>())
    return *real;
  auto integer = asInteger();
  return integer ? std::optional(static_cast<double>(*integer)) : std::nullopt;
}

std::string_view Value::typeName() const {
  if (auto *sequence = asSequence())
    switch (sequence->flavor) {
    case Flavor::list:
      return "list";
    case Flavor::tuple:
      return "tuple";
    case Flavor::range:
      return "range";
    case Flavor::view:
      return "view of a dict";
    case Flavor::iterator:
      return "iterator";
    }
  // In the order of the variant.
  static constexpr std::string_view names[] = {"None", "undefined", "missing",  "bool",
                                               "int",  "float",     "str",      "list",
                                               "dict", "namespace", "function", "loop"};
  return names[data_.index()];
}

int Value::depth() const {
  if (auto *sequence = asSequence())
    return sequence->depth;
  if (auto *dict = asDict())
    return dict->depth;
  if (auto *callable = asCallable())
    return callable->self.depth() + 1;
  return 0;
}

size_t Value::cost() const {
  if (auto *text = asText())
    return 1 + text->size() / 64;
  if (auto *sequence = asSequence())
    return sequence->cost;
  if (auto *dict = asDict())
    return dict->cost;
  return 1;
}

bool Value::truth() const {
  if (isNone() || asUndefined())
    return false;
  if (auto real = asReal())
    return *real != 0;
  if (auto *text = asText())
    return !text->empty();
  if (auto *sequence = asSequence())
    return sequence->flavor == Flavor::iterator || !sequence->items.empty();
  if (auto *dict = asDict())
    return !dict->entries.empty();
  return true;
}

bool Value::same(const Value &other) const {
  if (data_.index() != other.data_.index())
    return false;
  if (isNone())
    return true;
  if (auto *flag = as<bool>())
    return *flag == *other.as<bool>();
  if (auto *sequence = asSequence())
    return sequence == other.asSequence();
  if (auto *dict = asDict())
    return dict == other.asDict();
  if (auto *space = asNamespace())
    return space == other.asNamespace();
  throw RenderError(fmt::format("whether a {} is the same as another depends on how Python works "
                                "inside",
                                typeName()));
}

const Value *Dict::find(const Value &key) const {
  for (const auto &[name, value] : entries)
    if (equal(name, key))
      return &value;
  return nullptr;
}

const Value *Dict::find(std::string_view key) const {
  for (const auto &[name, value] : entries)
    if (const Text *text = name.asText(); text && text->bytes() == key)
      return &value;
  return nullptr;
}

namespace {

/// Python's names for the types whose values can be equal.
bool alike(const Sequence &a, const Sequence &b) {
  return a.flavor == b.flavor && a.flavor != Flavor::iterator && a.flavor != Flavor::view;
}

/// A long double holds every 64-bit integer and every double exactly.
long double wide(const Value &value) {
  auto integer = value.asInteger();
  return integer ? static_cast<long double>(*integer) : static_cast<long double>(*value.asReal());
}

} // namespace

bool equal(const Value &a, const Value &b) {
  if (a.asReal() && b.asReal())
    return wide(a) == wide(b);
  if (a.asText() && b.asText())
    return a.asText()->bytes() == b.asText()->bytes();
  if (auto *left = a.asSequence(), *right = b.asSequence(); left && right)
    return left == right ||
           (alike(*left, *right) && std::equal(left->items.begin(), left->items.end(),
                                               right->items.begin(), right->items.end(), equal));
  if (auto *left = a.asDict(), *right = b.asDict(); left && right) {
    auto inRight = [&](const auto &entry) {
      const Value *found = right->find(entry.first);
      return found && equal(entry.second, *found);
    };
    return left->entries.size() == right->entries.size() &&
           std::all_of(left->entries.begin(), left->entries.end(), inRight);
  }
  if (auto *space = a.asNamespace())
    return space == b.asNamespace();
  if (auto *loop = a.asLoop())
    return loop == b.asLoop();
  if (auto *callable = a.asCallable())
    return callable == b.asCallable();
  return (a.isNone() && b.isNone()) || (a.asUndefined() && b.asUndefined());
}

int compare(const Value &a, const Value &b) {
  if (a.asReal() && b.asReal()) {
    long double left = wide(a), right = wide(b);
    if (left != left || right != right)
      throw RenderError("nan has no order");
    return left < right ? -1 : left > right;
  }
  if (a.asText() && b.asText())
    return a.asText()->bytes().compare(b.asText()->bytes()); // as code points compare
  auto *left = a.asSequence(), *right = b.asSequence();
  if (left && right && left->flavor == right->flavor && left->flavor <= Flavor::tuple) {
    size_t both = std::min(left->items.size(), right->items.size());
    for (size_t i = 0; i < both; ++i)
      if (!equal(left->items[i], right->items[i]))
        return compare(left->items[i], right->items[i]);
    return left->items.size() < right->items.size() ? -1 : left->items.size() > both;
  }
  if (a.asUndefined())
    throw RenderError(*a.asUndefined()->why);
  if (b.asUndefined())
    throw RenderError(*b.asUndefined()->why);
  throw RenderError(fmt::format("{} and {} have no order", a.typeName(), b.typeName()));
}

} // namespace cria::rt::chat
