//===- Evaluator.h - Runs the syntax tree of a template ---------*- C++ -*-===//
#pragma once
#include "runtime/chat/Ast.h"
#include "runtime/chat/Builtin.h"
#include "runtime/chat/Scope.h"

namespace cria::rt::chat {

/// One rendering. Members throw RenderError; line() then says where.
class Evaluator {
public:
  Evaluator(size_t given, const Clock &clock) : services_(given, clock) {}
  Evaluator(const Evaluator &) = delete;
  ~Evaluator();

  Services &services() { return services_; }
  /// The line of what was evaluated last.
  int line() const { return line_; }

  Text run(const Body &body, const ScopePtr &scope);

private:
  /// How a statement ends: with the next one, or with its loop.
  enum class Flow { on, leave, next };

  // Statements.cpp
  Flow execute(const Body &body, const ScopePtr &scope, Text &out);
  Flow execute(const Statement &statement, const ScopePtr &scope, Text &out);
  Flow loop(const Statement &statement, const ScopePtr &scope, Text &out);
  Flow executeInner(const Statement &statement, const ScopePtr &scope, Text &out);
  void callBlock(const Statement &statement, const ScopePtr &scope, Text &out);
  void assign(const Expression &target, const Value &value, const ScopePtr &scope);
  void put(const Value &value, Text &out);
  Value macroValue(const MacroNode &macro, const ScopePtr &scope);
  ScopePtr inner(const ScopePtr &scope);

  // Expressions.cpp
  Value evaluate(const Expression &expression, const ScopePtr &scope);
  Value evaluateKind(const Expression &expression, const ScopePtr &scope);
  Value name(const std::string &word, const ScopePtr &scope);
  Value container(const Expression &expression, const ScopePtr &scope);
  Value slice(const Expression &expression, const ScopePtr &scope);
  Value filter(const Expression &expression, Value input, const ScopePtr &scope);
  /// `input` through a chain of filters without an operand.
  Value filterChain(const Expression &expression, const Value &input, const ScopePtr &scope);
  Value compare(const Expression &expression, const ScopePtr &scope);
  Value concat(const Expression &expression, const ScopePtr &scope);
  Arguments arguments(const Expression &expression, const ScopePtr &scope);
  Value call(const Expression &expression, const ScopePtr &scope, const Value *caller = nullptr);

  // Macros.cpp
  Value callMacro(const Callable &callable, Arguments arguments);
  void bindParameters(const MacroNode &macro, Arguments &arguments, const ScopePtr &scope);
  void bindRest(const MacroNode &macro, Arguments &arguments, const ScopePtr &scope);

  /// Bounds how deep evaluation nests.
  struct Level {
    explicit Level(int &depth) : depth(depth) {
      if (++depth > Budget::mostLevels)
        refuse("macros or values are nested deeper than {} levels", Budget::mostLevels);
    }
    Level(const Level &) = delete;
    ~Level() { --depth; }
    int &depth;
  };

  Services services_;
  std::vector<ScopePtr> captured_; ///< by macros; emptied in the end, as they may form cycles
  int line_ = 1, depth_ = 0;
};

} // namespace cria::rt::chat
