//===- Lookup.cpp - Attributes, items and slices --------------------------===//
#include "runtime/chat/Builtin.h"
#include "runtime/chat/Loop.h"
#include <algorithm>

namespace cria::rt::chat {
namespace {

/// What Python finds as an attribute of `object`; nothing if jinja looks for an item instead.
std::optional<Value> pythonAttribute(Services &services, const Value &object,
                                     std::string_view name) {
  const Builtin *method = nullptr;
  if (object.asText())
    method = findTextMethod(name);
  if (auto *sequence = object.asSequence())
    method = sequence->flavor <= Flavor::range ? findSequenceMethod(name) : nullptr;
  if (object.asDict())
    method = findDictMethod(name);
  if (method)
    return services.bind(*method, object);
  bool list = object.asSequence() && object.asSequence()->flavor == Flavor::list;
  if ((list || object.asDict()) && isMutator(name) && (list || name != "append"))
    return Value::undefined(fmt::format("\"{}\" would change a {}, which templates may not do",
                                        name, object.typeName()));
  if (auto *space = object.asNamespace()) {
    auto found = space->attributes.find(name);
    return found == space->attributes.end() ? std::nullopt : std::optional(found->second);
  }
  if (auto *loop = object.asLoop())
    return loop->attribute(services, object, name);
  if (object.asCallable())
    refuse("attributes of functions are not supported");
  return std::nullopt;
}

/// Where character `index` of `text` begins; `index` may be its length.
size_t offsetOf(const Text &text, std::int64_t index) {
  if (text.ascii())
    return static_cast<size_t>(index);
  size_t at = 0;
  for (; index > 0; --index)
    at = text.characterEnd(at);
  return at;
}

std::optional<Value> itemOf(Services &services, const Value &object, const Value &key) {
  if (auto *dict = object.asDict()) {
    services.budget.step(1 + dict->entries.size() / 8);
    const Value *found =
        key.asText() ? dict->find(std::string_view(key.asText()->bytes())) : dict->find(key);
    return found ? std::optional(*found) : std::nullopt;
  }
  auto index = key.asInteger();
  if (!index)
    return std::nullopt;
  if (const Text *text = object.asText()) {
    services.budget.step(text->size() / 64);
    auto length = static_cast<std::int64_t>(text->length());
    std::int64_t at = *index < 0 ? *index + length : *index;
    if (at < 0 || at >= length)
      return std::nullopt;
    size_t begin = offsetOf(*text, at);
    return services.make(text->part(begin, text->characterEnd(begin)));
  }
  auto *sequence = object.asSequence();
  if (!sequence || sequence->flavor > Flavor::range)
    return std::nullopt;
  auto length = static_cast<std::int64_t>(sequence->items.size());
  std::int64_t at = *index < 0 ? *index + length : *index;
  return at < 0 || at >= length ? std::nullopt
                                : std::optional(sequence->items[static_cast<size_t>(at)]);
}

Value noAttribute(const Value &object, std::string_view name) {
  return Value::undefined(
      fmt::format("a {} has no attribute \"{}\"", object.typeName(), printable(name)));
}

/// A slice by Python's rules: from `begin` in steps of `by` until `end` is reached or passed.
struct Slice {
  std::int64_t begin, end, by;

  bool goesOn(std::int64_t at) const { return by > 0 ? at < end : at > end; }
};

Slice resolve(std::int64_t length, const Value &first, const Value &last, const Value &step) {
  std::int64_t by = step.isNone() ? 1 : integerOf(step, "the step of a slice");
  if (by == 0)
    refuse("the step of a slice is 0");
  // A larger step would overflow below, and takes one item all the same.
  by = std::clamp(by, -length - 1, length + 1);
  auto bound = [&](const Value &value, std::int64_t otherwise) {
    if (value.isNone())
      return otherwise;
    std::int64_t at = integerOf(value, "a slice");
    at += at < 0 ? length : 0;
    return by > 0 ? std::clamp<std::int64_t>(at, 0, length)
                  : std::clamp<std::int64_t>(at, -1, length - 1);
  };
  return {bound(first, by > 0 ? 0 : length - 1), bound(last, by > 0 ? length : -1), by};
}

Text slicedText(Services &services, const Text &text, const Slice &slice) {
  if (slice.by == 1)
    return text.part(offsetOf(text, slice.begin), offsetOf(text, std::max(slice.begin, slice.end)));
  services.budget.allocate(text.size(), sizeof(size_t));
  auto offsets = text.boundaries();
  Text out;
  for (std::int64_t at = slice.begin; slice.goesOn(at); at += slice.by)
    out.append(text, offsets[static_cast<size_t>(at)], offsets[static_cast<size_t>(at) + 1]);
  return out;
}

} // namespace

Value Services::attribute(const Value &object, std::string_view name) {
  defined(object);
  // The sandbox hides what begins with an underscore, but not keys of dicts.
  if (auto found = name.starts_with('_') ? std::nullopt : pythonAttribute(*this, object, name))
    return *found;
  if (auto found = itemOf(*this, object, Value::text(name)))
    return *found;
  return noAttribute(object, name);
}

Value Services::item(const Value &object, const Value &key) {
  defined(object);
  if (auto found = itemOf(*this, object, key))
    return *found;
  if (const Text *name = key.asText()) {
    if (!name->bytes().starts_with('_'))
      if (auto found = pythonAttribute(*this, object, name->bytes()))
        return *found;
    return noAttribute(object, name->bytes());
  }
  return Value::undefined(fmt::format("a {} has no such item", object.typeName()));
}

Value Services::path(const Value &object, const Value &path) {
  if (path.asInteger())
    return item(object, path);
  const std::string &names = textOf(path, "an attribute").bytes();
  Value value = object;
  for (size_t begin = 0; begin <= names.size();) {
    size_t end = std::min(names.find('.', begin), names.size());
    std::string name = names.substr(begin, end - begin);
    bool number =
        !name.empty() && name.size() < 10 && name.find_first_not_of("0123456789") == name.npos;
    value = item(value, number ? Value(std::int64_t(std::stol(name))) : Value::text(name));
    begin = end + 1;
  }
  return value;
}

Value Services::slice(const Value &object, const Value &first, const Value &last,
                      const Value &step) {
  if (const Text *text = defined(object).asText()) {
    std::int64_t count = length(object);
    return make(slicedText(*this, *text, resolve(count, first, last, step)));
  }
  auto *sequence = object.asSequence();
  if (!sequence || sequence->flavor > Flavor::range)
    refuse("a {} has no slices", object.typeName());
  std::vector<Value> items;
  Slice slice = resolve(static_cast<std::int64_t>(sequence->items.size()), first, last, step);
  for (std::int64_t at = slice.begin; slice.goesOn(at); at += slice.by)
    items.push_back(sequence->items[static_cast<size_t>(at)]);
  return make(std::move(items), sequence->flavor);
}

} // namespace cria::rt::chat
