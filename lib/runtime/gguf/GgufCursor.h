//===- GgufCursor.h - A GGUF header, read from front to back ----*- C++ -*-===//
#pragma once
#include "runtime/Fail.h"
#include "runtime/gguf/Gguf.h"
#include "runtime/gguf/GgufTypes.h"
#include <cstring>

namespace cria::rt {

/// The bytes of a file from a place on. Whatever would lie past the end is an error that names
/// `what` was to be read.
class GgufCursor {
public:
  GgufCursor(std::span<const std::byte> file, std::string_view name) : file_(file), name_(name) {}

  size_t at() const { return at_; }
  std::string_view name() const { return name_; }

  template <class T>
  T number(std::string_view what) {
    T value;
    std::memcpy(&value, bytes(sizeof value, what).data(), sizeof value);
    return value;
  }
  std::string_view string(std::string_view what);
  std::span<const std::byte> bytes(uint64_t count, std::string_view what);

  /// The value of `key`, whose type comes first. An array is null if it is skipped.
  nlohmann::json value(std::string_view key, GgufArrays arrays);

private:
  nlohmann::json scalar(GgufType type, std::string_view key);
  nlohmann::json array(std::string_view key, GgufArrays arrays);
  GgufType type(std::string_view key);
  void skip(GgufType type, uint64_t count, std::string_view key);

  std::span<const std::byte> file_;
  std::string_view name_;
  size_t at_ = 0;
};

} // namespace cria::rt
