//===- SpecFields.h - The fields of one element -----------------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"
#include "spec/SpecText.h"
#include "support/Error.h"
#include "support/Flags.h"
#include <algorithm>
#include <charconv>

namespace cria::spec {

/// Reads the fields of one element, and reports fields that nobody asked for as unknown.
class Fields {
public:
  Fields(const Element &element, const std::string &file) : element(element), file(file) {}

  /// Throws if a field was never read.
  void finish() const {
    std::vector<std::string> known(asked.begin(), asked.end());
    for (const Field &field : element.fields)
      if (std::find(known.begin(), known.end(), field.key) == known.end())
        fail("unknown field " + field.key + suggest(field.key, known));
  }

  std::int64_t integer(const char *key) {
    return number<std::int64_t>(require(key), "a whole number");
  }
  std::int64_t integer(const char *key, std::int64_t absent) {
    const Field *field = find(key);
    return field ? number<std::int64_t>(*field, "a whole number") : absent;
  }
  double real(const char *key) { return number<double>(require(key), "a number"); }

  bool flag(const char *key) {
    const Field *field = find(key);
    return field && choose<bool>(*field, {{"true", true}, {"false", false}});
  }
  std::string string(const char *key) {
    const Field *field = find(key);
    if (field && !field->quoted)
      fail(*field, "must be in quotes");
    return field ? field->value : "";
  }
  std::optional<DType> dtype(const char *key) {
    const Field *field = find(key);
    if (!field)
      return std::nullopt;
#define CRIA_STORAGE(NAME, word, ...) {#word, DType::word},
    return choose<DType>(*field, {CRIA_STORAGES(CRIA_STORAGE)});
#undef CRIA_STORAGE
  }
  RopeScaling::Kind scaling(const char *key) {
    using Kind = RopeScaling::Kind;
    const Field *field = find(key);
    return field ? choose<Kind>(
                       *field,
                       {{"linear", Kind::linear}, {"llama3", Kind::llama3}, {"yarn", Kind::yarn}})
                 : Kind::none;
  }
  RopePairing pairing(const char *key) {
    const Field *field = find(key);
    return field ? choose<RopePairing>(*field, {{"half", RopePairing::half},
                                                {"interleaved", RopePairing::interleaved}})
                 : RopePairing::half;
  }

  void mustHaveBody(bool wanted) const {
    if (element.hasBody != wanted)
      fail(wanted ? "needs blocks in braces" : "takes no blocks in braces");
  }
  void mustHaveNoName() const {
    if (!element.name.empty())
      fail("found " + element.name + " where a field is expected");
  }

  [[noreturn]] void fail(const std::string &why) const {
    throw Error(file + ":" + std::to_string(element.line) + ": " + element.word + ": " + why);
  }

private:
  const Field *find(const char *key) {
    asked.push_back(key);
    for (const Field &field : element.fields)
      if (field.key == key)
        return &field;
    return nullptr;
  }
  const Field &require(const char *key) {
    const Field *field = find(key);
    if (!field)
      fail(std::string(key) + ": missing");
    return *field;
  }
  template <typename Number>
  Number number(const Field &field, const char *what) const {
    Number value{};
    const std::string &text = field.value;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (field.quoted || end != text.data() + text.size() || error == std::errc::invalid_argument)
      fail(field, std::string("is not ") + what);
    if (error != std::errc())
      fail(field, "is out of range");
    return value;
  }
  template <typename T>
  T choose(const Field &field, std::initializer_list<std::pair<const char *, T>> choices) const {
    std::string names;
    for (const auto &[name, value] : choices) {
      if (!field.quoted && field.value == name)
        return value;
      names += (names.empty() ? "" : ", ") + std::string(name);
    }
    fail(field, "is not one of " + names);
  }
  [[noreturn]] void fail(const Field &field, const std::string &why) const {
    fail(field.key + ": \"" + field.value + "\" " + why);
  }

  const Element &element;
  const std::string &file;
  std::vector<std::string> asked;
};

} // namespace cria::spec
