//===- FromJson.h - JSON as a value of templates ----------------*- C++ -*-===//
#pragma once
#include "runtime/chat/Services.h"

namespace cria::rt::chat {

/// `text`, a JSON document, with all strings in it marked as a user's, but not the keys of objects.
/// Throws a cria::Error that begins with `name`.
Value fromJson(std::string_view text, const std::string &name);

} // namespace cria::rt::chat
