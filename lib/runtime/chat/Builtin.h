//===- Builtin.h - Filters, tests, functions and methods --------*- C++ -*-===//
//
// Each kind is one table. The parser refuses what no table has, so a template that compiles calls
// nothing that is unknown.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "runtime/chat/Services.h"
#include <array>
#include <span>

namespace cria::rt::chat {

struct Arguments {
  std::vector<Value> positional;
  std::vector<std::pair<std::string, Value>> named;
};

struct Builtin {
  std::string_view name;
  /// The names of its parameters, after the value that it is applied to. "*" takes all that is
  /// given, named or not.
  std::array<std::string_view, 4> parameters;
  size_t required;
  /// Arguments that were not given are Value::missing().
  Value (*run)(Services &, const Value &self, const Arguments &arguments);

  bool variadic() const { return parameters[0] == "*"; }
  size_t parameterCount() const;
};

/// What is wrong with a call of `builtin`, or nothing.
std::string wrongCall(const Builtin &builtin, size_t positional,
                      std::span<const std::string_view> named);
/// Calls `builtin` with the arguments in the order of its parameters.
Value apply(Services &services, const Builtin &builtin, const Value &self, Arguments arguments);

/// Builtins by name: null if there is none.
const Builtin *findFilter(std::string_view name);
const Builtin *findTest(std::string_view name);
const Builtin *findFunction(std::string_view name);
const Builtin *findTextMethod(std::string_view name);
const Builtin *findSequenceMethod(std::string_view name);
const Builtin *findDictMethod(std::string_view name);
const Builtin *findLoopMethod(std::string_view name);
/// Whether the sandbox of chat templates forbids the method `name` of a list or dict.
bool isMutator(std::string_view name);

/// The tables, for the documentation's test.
std::span<const Builtin> filters();
std::span<const Builtin> tests();
std::span<const Builtin> functions();
std::span<const Builtin> textMethods();

inline const Builtin *findIn(std::span<const Builtin> table, std::string_view name) {
  for (const Builtin &row : table)
    if (row.name == name)
      return &row;
  return nullptr;
}

} // namespace cria::rt::chat
