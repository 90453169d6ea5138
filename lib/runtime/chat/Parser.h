//===- Parser.h - A template to its syntax tree -----------------*- C++ -*-===//
#pragma once
#include "runtime/chat/Ast.h"
#include <string_view>

namespace cria::rt::chat {

/// The syntax tree of `source`, a template in UTF-8. Throws a SyntaxError, which says the line, for
/// what jinja does not take and for what is not supported here.
Body parseTemplate(std::string_view source);

} // namespace cria::rt::chat
