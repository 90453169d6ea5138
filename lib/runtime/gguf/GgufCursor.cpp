//===- GgufCursor.cpp - A GGUF header, read from front to back ------------===//
#include "runtime/gguf/GgufCursor.h"
#include "runtime/Utf8.h"
#include <cmath>

namespace cria::rt {

using nlohmann::json;

namespace {

/// Bytes of a value, or of the least that a string takes.
uint64_t leastBytes(GgufType type) {
  constexpr uint64_t sizes[] = {1, 1, 2, 2, 4, 4, 4, 1, 8, 0, 8, 8, 8};
  return sizes[static_cast<size_t>(type)];
}

json number(double value) {
  if (std::isnan(value))
    return "NaN";
  if (std::isinf(value))
    return value > 0 ? "Infinity" : "-Infinity";
  return value;
}

} // namespace

std::span<const std::byte> GgufCursor::bytes(uint64_t count, std::string_view what) {
  if (count > file_.size() - at_)
    fail("{}: {}: {} bytes at {} pass the end of the file, {} bytes: it is cut short or damaged",
         name_, printable(what), count, at_, file_.size());
  auto found = file_.subspan(at_, count);
  at_ += count;
  return found;
}

std::string_view GgufCursor::string(std::string_view what) {
  auto text = bytes(number<uint64_t>(what), what);
  return {reinterpret_cast<const char *>(text.data()), text.size()};
}

GgufType GgufCursor::type(std::string_view key) {
  auto type = number<uint32_t>(key);
  if (type >= static_cast<uint32_t>(GgufType::count))
    fail("{}: {}: {} is not a type of values", name_, printable(key), type);
  return static_cast<GgufType>(type);
}

json GgufCursor::value(std::string_view key, GgufArrays arrays) {
  GgufType is = type(key);
  return is == GgufType::array ? array(key, arrays) : scalar(is, key);
}

json GgufCursor::scalar(GgufType type, std::string_view key) {
  switch (type) {
  case GgufType::uint8:
    return number<uint8_t>(key);
  case GgufType::int8:
    return number<int8_t>(key);
  case GgufType::uint16:
    return number<uint16_t>(key);
  case GgufType::int16:
    return number<int16_t>(key);
  case GgufType::uint32:
    return number<uint32_t>(key);
  case GgufType::int32:
    return number<int32_t>(key);
  case GgufType::float32:
    return rt::number(static_cast<double>(number<float>(key)));
  case GgufType::boolean:
    if (auto byte = number<uint8_t>(key); byte > 1)
      fail("{}: {}: {} is neither true (1) nor false (0)", name_, printable(key), byte);
    else
      return byte == 1;
  case GgufType::string: {
    std::string_view text = string(key);
    if (!isUtf8(text))
      fail("{}: {}: \"{}\" is not UTF-8", name_, printable(key), printable(text));
    return std::string(text);
  }
  case GgufType::uint64: {
    auto value = number<uint64_t>(key);
    return value > INT64_MAX ? json(static_cast<double>(value)) : json(value);
  }
  case GgufType::int64:
    return number<int64_t>(key);
  case GgufType::float64:
    return rt::number(number<double>(key));
  case GgufType::array:
  case GgufType::count:
    break;
  }
  fail("{}: {}: lists of lists are not supported", name_, printable(key));
}

json GgufCursor::array(std::string_view key, GgufArrays arrays) {
  GgufType of = type(key);
  if (of == GgufType::array)
    fail("{}: {}: lists of lists are not supported", name_, printable(key));
  auto count = number<uint64_t>(key);
  if (count > (file_.size() - at_) / leastBytes(of))
    fail("{}: {}: a list of {} passes the end of the file, {} bytes: it is cut short or damaged",
         name_, printable(key), count, file_.size());
  if (arrays == GgufArrays::skip) {
    skip(of, count, key);
    return nullptr;
  }
  json::array_t list;
  list.reserve(count);
  for (uint64_t i = 0; i < count; ++i)
    list.push_back(scalar(of, key));
  return list;
}

void GgufCursor::skip(GgufType type, uint64_t count, std::string_view key) {
  if (type != GgufType::string)
    bytes(count * leastBytes(type), key);
  else
    for (uint64_t i = 0; i < count; ++i)
      string(key);
}

} // namespace cria::rt
