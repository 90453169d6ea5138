//===- FromJson.cpp - JSON as a value of templates ------------------------===//
#include "runtime/chat/FromJson.h"
#include "runtime/Json.h"

namespace cria::rt::chat {
namespace {

using nlohmann::ordered_json;

Value convert(const ordered_json &json, Services &services) {
  if (json.is_string())
    return services.make(Text(json.get<std::string>(), /*user=*/true));
  if (json.is_boolean())
    return Value(json.get<bool>());
  if (json.is_number_unsigned() && json.get<std::uint64_t>() > INT64_MAX)
    refuse("number {} is out of range", json.get<std::uint64_t>());
  if (json.is_number_integer())
    return Value(json.get<std::int64_t>());
  if (json.is_number_float())
    return Value(json.get<double>());
  if (json.is_array()) {
    std::vector<Value> items;
    for (const ordered_json &item : json)
      items.push_back(convert(item, services));
    return services.make(std::move(items));
  }
  if (json.is_object()) {
    std::vector<std::pair<Value, Value>> entries;
    for (const auto &[key, value] : json.items())
      entries.emplace_back(Value::text(key), convert(value, services));
    return services.make(std::move(entries));
  }
  return Value();
}

} // namespace

Value fromJson(std::string_view text, const std::string &name) {
  parseJson(text, name, Budget::mostValueDepth - 1); // its checks
  Services services(text.size(), Clock());
  try {
    // Read again, as templates see the order of keys.
    return convert(ordered_json::parse(text.begin(), text.end()), services);
  } catch (const RenderError &error) {
    fail("{}: {}", name, error.what());
  }
}

} // namespace cria::rt::chat
