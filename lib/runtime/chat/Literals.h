//===- Literals.h - Names, numbers and strings of a template ----*- C++ -*-===//
#pragma once
#include "runtime/chat/Token.h"

namespace cria::rt::chat {

/// Reads the name, number or string at the start of `text` into `token`, whose line is set.
/// Returns its length, or 0 if there is none. `afterDot`: a dot precedes, so that "0.1" is an index
/// and another, not a fraction. Throws SyntaxError.
size_t readLiteral(std::string_view text, bool afterDot, Token &token);

} // namespace cria::rt::chat
