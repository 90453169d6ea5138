//===- ToJson.h - Python's json.dumps ---------------------------*- C++ -*-===//
#pragma once
#include "runtime/chat/Services.h"

namespace cria::rt::chat {

struct JsonStyle {
  bool ascii = false, sorted = false;
  std::optional<Text> indent; ///< per level; nothing: all in one line
  Text comma{", "}, colon{": "};
};

/// `value` as JSON. Strings keep their marks. Throws a RenderError for what has no JSON.
Text toJson(Services &services, const Value &value, const JsonStyle &style);

} // namespace cria::rt::chat
