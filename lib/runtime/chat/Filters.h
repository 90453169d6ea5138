//===- Filters.h - The parts of the table of filters ------------*- C++ -*-===//
#pragma once
#include "runtime/chat/Builtin.h"

namespace cria::rt::chat {

/// Filters that give a string, a number or a value.
std::span<const Builtin> valueFilters();
/// Filters over what can be iterated.
std::span<const Builtin> listFilters();

/// Argument `i`, or `otherwise` if it was left out.
inline Value argumentOr(const Arguments &arguments, size_t i, Value otherwise) {
  const Value &value = arguments.positional[i];
  return value.isMissing() ? std::move(otherwise) : value;
}
inline bool flagOf(const Arguments &arguments, size_t i, bool otherwise = false) {
  const Value &value = arguments.positional[i];
  return value.isMissing() ? otherwise : value.truth();
}

} // namespace cria::rt::chat
