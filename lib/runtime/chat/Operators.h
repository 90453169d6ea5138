//===- Operators.h - Python's arithmetic and comparisons --------*- C++ -*-===//
#pragma once
#include "runtime/chat/Services.h"

namespace cria::rt::chat {

/// LEFT WORD RIGHT with one of + - * / // % **. All throw RenderError.
Value arithmetic(Services &services, std::string_view word, const Value &left, const Value &right);
/// -VALUE or +VALUE.
Value signedValue(std::string_view word, const Value &value);
/// LEFT WORD RIGHT with a comparison, `in` or `not in`.
bool comparison(Services &services, std::string_view word, const Value &left, const Value &right);

} // namespace cria::rt::chat
