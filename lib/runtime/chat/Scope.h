//===- Scope.h - The names that a part of a template sees -------*- C++ -*-===//
#pragma once
#include "runtime/chat/Value.h"

namespace cria::rt::chat {

/// Names with their values, and the scope around. Assignments stay inside.
struct Scope {
  std::map<std::string, Value, std::less<>> names;
  std::shared_ptr<Scope> parent;

  /// Null if there is none.
  const Value *find(std::string_view name) const {
    for (const Scope *scope = this; scope; scope = scope->parent.get())
      if (auto found = scope->names.find(name); found != scope->names.end())
        return &found->second;
    return nullptr;
  }
};
using ScopePtr = std::shared_ptr<Scope>;

} // namespace cria::rt::chat
