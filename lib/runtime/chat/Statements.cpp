//===- Statements.cpp - What statements do --------------------------------===//
#include "runtime/chat/Evaluator.h"
#include "runtime/chat/Loop.h"

namespace cria::rt::chat {

using Kind = Statement::Kind;

Text Evaluator::run(const Body &body, const ScopePtr &scope) {
  Text out;
  execute(body, scope, out);
  return out;
}

Evaluator::Flow Evaluator::execute(const Body &body, const ScopePtr &scope, Text &out) {
  for (const auto &statement : body)
    if (Flow flow = execute(*statement, scope, out); flow != Flow::on)
      return flow;
  return Flow::on;
}

Evaluator::Flow Evaluator::execute(const Statement &statement, const ScopePtr &scope, Text &out) {
  Level level(depth_);
  services_.budget.step();
  line_ = statement.line;
  switch (statement.kind) {
  case Kind::text:
    services_.budget.allocate(statement.text.size());
    out.append(statement.text);
    break;
  case Kind::print:
    put(evaluate(*statement.expression, scope), out);
    break;
  case Kind::set:
    assign(*statement.target, evaluate(*statement.expression, scope), scope);
    break;
  case Kind::forLoop:
    return loop(statement, scope, out);
  case Kind::branch:
    return execute(evaluate(*statement.expression, scope).truth() ? statement.body
                                                                  : statement.otherwise,
                   scope, out);
  case Kind::macro:
    scope->names[statement.macro.name] = macroValue(statement.macro, scope);
    break;
  case Kind::callBlock:
    callBlock(statement, scope, out);
    break;
  case Kind::setBlock:
  case Kind::filterBlock:
  case Kind::with:
  case Kind::scope:
    return executeInner(statement, scope, out);
  case Kind::leave:
    return Flow::leave;
  case Kind::next:
    return Flow::next;
  }
  return Flow::on;
}

/// Blocks whose assignments stay inside.
Evaluator::Flow Evaluator::executeInner(const Statement &statement, const ScopePtr &scope,
                                        Text &out) {
  ScopePtr own = inner(scope);
  for (const auto &[target, value] : statement.bindings) {
    Value bound = evaluate(*value, scope);
    assign(*target, bound, own);
  }
  if (statement.kind == Kind::with || statement.kind == Kind::scope)
    return execute(statement.body, own, out);
  Text text;
  if (Flow flow = execute(statement.body, own, text); flow != Flow::on)
    return flow;
  Value value(std::move(text));
  if (statement.expression)
    value = filterChain(*statement.expression, value, scope);
  if (statement.kind == Kind::setBlock)
    assign(*statement.target, value, scope);
  else
    put(value, out);
  return Flow::on;
}

Evaluator::Flow Evaluator::loop(const Statement &statement, const ScopePtr &scope, Text &out) {
  auto items = services_.items(evaluate(*statement.expression, scope));
  Loop::Condition condition;
  if (statement.condition)
    condition = [&](const Value &item) {
      ScopePtr own = inner(scope);
      own->names["loop"] = Value::undefined("\"loop\" cannot be used in the condition of its loop");
      assign(*statement.target, item, own);
      return evaluate(*statement.condition, own).truth();
    };
  auto state = std::make_shared<Loop>(std::move(items), std::move(condition));
  struct Close {
    Loop &loop;
    ~Close() { loop.close(); }
  } close{*state};
  bool any = false;
  while (state->next()) {
    any = true;
    ScopePtr own = inner(scope);
    own->names["loop"] = Value(state);
    line_ = statement.line;
    assign(*statement.target, state->current(), own);
    if (execute(statement.body, own, out) == Flow::leave)
      break;
  }
  return any ? Flow::on : execute(statement.otherwise, inner(scope), out);
}

void Evaluator::callBlock(const Statement &statement, const ScopePtr &scope, Text &out) {
  Value caller = macroValue(statement.macro, scope);
  put(call(*statement.expression, scope, &caller), out);
}

void Evaluator::assign(const Expression &target, const Value &value, const ScopePtr &scope) {
  if (target.kind == Expression::Kind::name) {
    services_.budget.allocate(target.word.size() + sizeof(Value));
    scope->names[target.word] = value;
    return;
  }
  if (target.kind == Expression::Kind::target) {
    const Value *object = scope->find(target.word);
    Namespace *space = object ? object->asNamespace() : nullptr;
    if (!space)
      refuse("attributes can be set in a namespace only: {}.{}", printable(target.word),
             printable(target.words[0]));
    return services_.assign(*space, target.words[0], value);
  }
  auto items = services_.items(defined(value));
  if (items.size() != target.operands.size())
    refuse("{} values cannot be assigned to {} names", items.size(), target.operands.size());
  for (size_t i = 0; i < items.size(); ++i)
    assign(*target.operands[i], items[i], scope);
}

void Evaluator::put(const Value &value, Text &out) {
  Text text = services_.print(value);
  services_.budget.allocate(text.footprint());
  out.append(text);
}

} // namespace cria::rt::chat
