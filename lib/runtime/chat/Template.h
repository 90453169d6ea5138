//===- Template.h - A Jinja template, parsed --------------------*- C++ -*-===//
#pragma once
#include "runtime/chat/Ast.h"
#include "runtime/chat/Clock.h"

namespace cria::rt::chat {

/// A template as transformers sets Jinja up for chats: blocks are trimmed, nothing is escaped,
/// lists and dicts cannot be changed, `break` and `continue` exist. docs/chat.md says what is
/// understood.
class Template {
public:
  using Variables = std::vector<std::pair<std::string, Value>>;

  /// `name` is where `source` is from. Throws a cria::Error "NAME: line 3: REASON" for what is not
  /// understood.
  Template(std::string name, std::string_view source);

  /// The text with `variables` put in. Throws a cria::Error of one line, also for a template that
  /// takes too long or makes too much text.
  Text render(const Variables &variables, const Clock &clock) const;

private:
  std::string name_;
  Body body_;
};

} // namespace cria::rt::chat
