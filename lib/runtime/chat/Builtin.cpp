//===- Builtin.cpp - Filters, tests, functions and methods ----------------===//
#include "runtime/chat/Builtin.h"
#include <algorithm>

namespace cria::rt::chat {

size_t Builtin::parameterCount() const {
  return static_cast<size_t>(std::find(parameters.begin(), parameters.end(), std::string_view()) -
                             parameters.begin());
}

std::string wrongCall(const Builtin &builtin, size_t positional,
                      std::span<const std::string_view> named) {
  if (builtin.variadic())
    return positional + named.size() < builtin.required
               ? fmt::format("\"{}\" lacks an argument", builtin.name)
               : "";
  size_t count = builtin.parameterCount();
  if (positional > count)
    return fmt::format("\"{}\" takes {} arguments, not {}", builtin.name, count, positional);
  auto known = std::span(builtin.parameters).first(count);
  for (std::string_view name : named)
    if (std::find(known.begin() + static_cast<std::ptrdiff_t>(positional), known.end(), name) ==
        known.end())
      return fmt::format("\"{}\" has no argument \"{}\" there", builtin.name, printable(name));
  for (size_t i = positional; i < builtin.required; ++i)
    if (std::find(named.begin(), named.end(), known[i]) == named.end())
      return fmt::format("\"{}\" lacks the argument \"{}\"", builtin.name, known[i]);
  return "";
}

Value apply(Services &services, const Builtin &builtin, const Value &self, Arguments arguments) {
  std::vector<std::string_view> names;
  for (const auto &[name, _] : arguments.named)
    names.emplace_back(name);
  if (std::string wrong = wrongCall(builtin, arguments.positional.size(), names); !wrong.empty())
    throw RenderError(wrong);
  if (!builtin.variadic()) {
    arguments.positional.resize(builtin.parameterCount(), Value::missing());
    for (size_t i = 0; i < builtin.parameterCount(); ++i)
      for (auto &[name, value] : arguments.named)
        if (name == builtin.parameters[i])
          arguments.positional[i] = std::move(value);
  }
  return builtin.run(services, self, arguments);
}

const Builtin *findFilter(std::string_view name) { return findIn(filters(), name); }
const Builtin *findTest(std::string_view name) { return findIn(tests(), name); }
const Builtin *findFunction(std::string_view name) { return findIn(functions(), name); }
const Builtin *findTextMethod(std::string_view name) { return findIn(textMethods(), name); }

bool isMutator(std::string_view name) {
  constexpr std::string_view names[] = {"append",     "clear",   "extend", "insert",
                                        "pop",        "popitem", "remove", "reverse",
                                        "setdefault", "sort",    "update"};
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

} // namespace cria::rt::chat
