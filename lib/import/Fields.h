//===- Fields.h - A JSON object, read field by field ------------*- C++ -*-===//
#pragma once
#include "runtime/Json.h"
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace cria::import {

/// The JSON document in `file`, a regular file of at most `maxBytes`. Throws cria::Error.
nlohmann::json readJson(const std::filesystem::path &file, size_t maxBytes,
                        rt::JsonRules rules = rt::JsonRules::strict);

/// A JSON object whose fields are checked as they are read. Every fault is a cria::Error
/// `FILE: FIELD: …value…`. Null counts as absent. A field that is absent has the value
/// `otherwise`, and is a fault if there is none. Refers to the document.
class Fields {
public:
  /// `path` is where in the file the object is ("" is the document itself).
  Fields(const nlohmann::json &object, std::string file, std::string path = "");

  /// The name of the file, for messages.
  const std::string &file() const { return file_; }

  /// In [low, high]; 256.0 is an integer too.
  std::int64_t integer(std::string_view field, std::int64_t low, std::int64_t high,
                       std::optional<std::int64_t> otherwise = {}) const;
  /// In [low, high].
  double number(std::string_view field, double low, double high,
                std::optional<double> otherwise = {}) const;
  /// True, false, or 1 or 0 in their place.
  bool flag(std::string_view field, std::optional<bool> otherwise = {}) const;
  std::string text(std::string_view field, std::optional<std::string> otherwise = {}) const;
  /// A JSON array. Empty if absent.
  const nlohmann::json &list(std::string_view field) const;
  Fields object(std::string_view field) const;
  /// The same, with no field at all if it is absent.
  Fields objectOrEmpty(std::string_view field) const;
  /// Entry `i` of a list of objects.
  Fields item(std::string_view field, size_t i) const;
  /// The fields whose names begin with `prefix`, under the rest of their names.
  Fields startingWith(const std::string &prefix) const;

  /// `value`, a part of `field`, as an integer in [low, high].
  std::int64_t asInteger(std::string_view field, const nlohmann::json &value, std::int64_t low,
                         std::int64_t high) const;

  /// Null if absent.
  const nlohmann::json *find(std::string_view field) const;
  const nlohmann::json &value() const { return object_; }

  /// As messages name `field`: from the document on.
  std::string pathOf(std::string_view field) const;
  /// A line about `field`: `FILE: FIELD: what`.
  std::string describe(std::string_view field, const std::string &what) const;

  /// Throws a cria::Error about `field`.
  [[noreturn]] void refuse(std::string_view field, const std::string &why) const;
  /// The same; the message begins with the value.
  [[noreturn]] void refuse(std::string_view field, const nlohmann::json &value,
                           const std::string &why) const;

private:
  std::string nameOf(std::string_view field) const { return prefix_ + std::string(field); }
  template <class T, class Convert>
  T read(std::string_view field, std::optional<T> otherwise, const Convert &convert) const;

  const nlohmann::json &object_;
  std::string file_, path_, prefix_;
};

} // namespace cria::import
