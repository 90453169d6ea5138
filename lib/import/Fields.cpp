//===- Fields.cpp - A JSON object, read field by field --------------------===//
#include "import/Fields.h"
#include "runtime/Fail.h"
#include "runtime/Mapping.h"
#include <cmath>

namespace cria::import {

using nlohmann::json;
using rt::fail;
using rt::printable;

namespace {

/// Deeper than any file of a model is.
constexpr int maxDepth = 32;

/// `value` as a message shows it; a long list or object is not written out first.
std::string show(const json &value) {
  if (value.is_structured())
    return value.is_array() ? fmt::format("a list of {}", value.size())
                            : fmt::format("an object of {}", value.size());
  return printable(value.dump(-1, ' ', false, json::error_handler_t::replace));
}

} // namespace

json readJson(const std::filesystem::path &file, size_t maxBytes, rt::JsonRules rules) {
  rt::Mapping mapping = rt::Mapping::file(file);
  if (mapping.size() > maxBytes)
    fail("{}: {} bytes are more than {}", file.native(), mapping.size(), maxBytes);
  return rt::parseJson({mapping.as<char>(), mapping.size()}, file.native(), maxDepth, rules);
}

Fields::Fields(const json &object, std::string file, std::string path)
    : object_(object), file_(std::move(file)), path_(std::move(path)) {
  if (!object.is_object())
    fail("{}: {}{} is not a JSON object", file_, path_.empty() ? "" : path_ + ": ", show(object));
}

const json *Fields::find(std::string_view field) const {
  auto found = object_.find(nameOf(field));
  return found == object_.end() || found->is_null() ? nullptr : &*found;
}

std::string Fields::describe(std::string_view field, const std::string &what) const {
  return fmt::format("{}: {}: {}", file_, pathOf(field), what);
}

void Fields::refuse(std::string_view field, const std::string &why) const {
  throw Error(describe(field, why));
}

void Fields::refuse(std::string_view field, const json &value, const std::string &why) const {
  refuse(field, show(value) + " " + why);
}

template <class T, class Convert>
T Fields::read(std::string_view field, std::optional<T> otherwise, const Convert &convert) const {
  if (const json *value = find(field))
    return convert(*value);
  if (!otherwise)
    refuse(field, object_.contains(nameOf(field)) ? "null" : "missing");
  return *otherwise;
}

std::int64_t Fields::asInteger(std::string_view field, const json &value, std::int64_t low,
                               std::int64_t high) const {
  // Past 2^53 not all integers are doubles.
  bool whole = value.is_number_float() && std::abs(value.get<double>()) <= 0x1p53 &&
               std::trunc(value.get<double>()) == value.get<double>();
  if (!value.is_number_integer() && !whole)
    refuse(field, value, "is not an integer");
  // A number past INT64_MAX is kept as unsigned.
  bool tooLarge = value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX;
  auto number = value.get<std::int64_t>();
  if (tooLarge || number < low || number > high)
    refuse(field, value, fmt::format("is not in [{}, {}]", low, high));
  return number;
}

std::int64_t Fields::integer(std::string_view field, std::int64_t low, std::int64_t high,
                             std::optional<std::int64_t> otherwise) const {
  return read(field, otherwise,
              [&](const json &value) { return asInteger(field, value, low, high); });
}

double Fields::number(std::string_view field, double low, double high,
                      std::optional<double> otherwise) const {
  return read(field, otherwise, [&](const json &value) {
    if (!value.is_number())
      refuse(field, value, "is not a number");
    auto number = value.get<double>();
    if (!(number >= low && number <= high))
      refuse(field, value, fmt::format("is not in [{}, {}]", low, high));
    return number;
  });
}

bool Fields::flag(std::string_view field, std::optional<bool> otherwise) const {
  return read(field, otherwise, [&](const json &value) {
    if (value.is_boolean())
      return value.get<bool>();
    if (value != 0 && value != 1)
      refuse(field, value, "is not true or false");
    return value == 1;
  });
}

std::string Fields::text(std::string_view field, std::optional<std::string> otherwise) const {
  return read(field, otherwise, [&](const json &value) {
    if (!value.is_string())
      refuse(field, value, "is not a string");
    return value.get<std::string>();
  });
}

const json &Fields::list(std::string_view field) const {
  static const json empty = json::array();
  const json *value = find(field);
  if (value && !value->is_array())
    refuse(field, *value, "is not a list");
  return value ? *value : empty;
}

Fields Fields::object(std::string_view field) const {
  const json *value = find(field);
  if (!value)
    refuse(field, object_.contains(nameOf(field)) ? "null" : "missing");
  return {*value, file_, pathOf(field)};
}

Fields Fields::objectOrEmpty(std::string_view field) const {
  static const json empty = json::object();
  const json *value = find(field);
  return {value ? *value : empty, file_, pathOf(field)};
}

Fields Fields::item(std::string_view field, size_t i) const {
  return {list(field)[i], file_, fmt::format("{}[{}]", pathOf(field), i)};
}

Fields Fields::startingWith(const std::string &prefix) const {
  Fields rest = *this;
  rest.prefix_ += prefix;
  return rest;
}

std::string Fields::pathOf(std::string_view field) const {
  std::string name = printable(nameOf(field));
  return path_.empty() ? name : path_ + "." + name;
}

} // namespace cria::import
