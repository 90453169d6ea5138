//===- Expressions.cpp - Values of expressions ----------------------------===//
#include "runtime/chat/Evaluator.h"
#include "runtime/chat/Operators.h"

namespace cria::rt::chat {

using Kind = Expression::Kind;

Value Evaluator::evaluate(const Expression &expression, const ScopePtr &scope) {
  Level level(depth_);
  services_.budget.step();
  line_ = expression.line;
  return evaluateKind(expression, scope);
}

Value Evaluator::evaluateKind(const Expression &expression, const ScopePtr &scope) {
  const auto &operands = expression.operands;
  auto operand = [&](size_t i) { return evaluate(*operands[i], scope); };
  // The line of an error is that of the operation, not of its last operand.
  auto here = [&] { line_ = expression.line; };
  switch (expression.kind) {
  case Kind::constant:
    return expression.value;
  case Kind::name:
    return name(expression.word, scope);
  case Kind::list:
  case Kind::tuple:
  case Kind::dict:
    return container(expression, scope);
  case Kind::attribute: {
    Value object = operand(0);
    here();
    return services_.attribute(object, expression.word);
  }
  case Kind::item: {
    Value object = operand(0), key = operand(1);
    here();
    return services_.item(object, key);
  }
  case Kind::slice:
    return slice(expression, scope);
  case Kind::call:
    return call(expression, scope);
  case Kind::filter:
    return filter(expression, operand(0), scope);
  case Kind::test: {
    Value value = operand(0);
    Arguments given = arguments(expression, scope);
    here();
    return apply(services_, *expression.builtin, value, std::move(given));
  }
  case Kind::unary: {
    Value value = operand(0);
    here();
    return expression.word == "not" ? Value(!value.truth()) : signedValue(expression.word, value);
  }
  case Kind::logical: {
    Value left = operand(0);
    return left.truth() == (expression.word == "and") ? operand(1) : left;
  }
  case Kind::arithmetic: {
    Value left = operand(0), right = operand(1);
    here();
    return arithmetic(services_, expression.word, left, right);
  }
  case Kind::concat:
    return concat(expression, scope);
  case Kind::comparison:
    return compare(expression, scope);
  case Kind::conditional:
    if (operand(0).truth())
      return operand(1);
    return operands[2] ? operand(2)
                       : Value::undefined("the condition of an `if` without `else` "
                                          "is false");
  case Kind::target:
    break;
  }
  refuse("a target is not a value");
}

Value Evaluator::name(const std::string &word, const ScopePtr &scope) {
  if (const Value *found = scope->find(word))
    return *found;
  if (const Builtin *function = findFunction(word))
    return services_.bind(*function, Value());
  return Value::undefined(fmt::format("\"{}\" is undefined", printable(word)));
}

Value Evaluator::container(const Expression &expression, const ScopePtr &scope) {
  std::vector<Value> items;
  for (const ExpressionPtr &item : expression.operands)
    items.push_back(evaluate(*item, scope));
  line_ = expression.line;
  if (expression.kind != Kind::dict)
    return services_.make(std::move(items),
                          expression.kind == Kind::list ? Flavor::list : Flavor::tuple);
  std::vector<std::pair<Value, Value>> entries;
  for (size_t i = 0; i < items.size(); i += 2)
    entries.emplace_back(std::move(items[i]), std::move(items[i + 1]));
  return services_.make(std::move(entries));
}

Value Evaluator::slice(const Expression &expression, const ScopePtr &scope) {
  Value parts[4];
  for (size_t i = 0; i < 4; ++i)
    if (expression.operands[i])
      parts[i] = evaluate(*expression.operands[i], scope);
  line_ = expression.line;
  return services_.slice(parts[0], parts[1], parts[2], parts[3]);
}

Value Evaluator::filter(const Expression &expression, Value input, const ScopePtr &scope) {
  Arguments given = arguments(expression, scope);
  line_ = expression.line;
  // Markup strings escape what later operations add. Only what leaves them as they are is taken.
  if (input.safe())
    for (std::string_view known : {"safe", "string", "tojson", "length", "count"})
      if (known == expression.word)
        input = Value(*input.asText(), known == "safe" || known == "string");
  if (input.safe() && expression.word != "safe" && expression.word != "string")
    refuse("the filter {} after the filter safe is not supported", expression.word);
  return apply(services_, *expression.builtin, input, std::move(given));
}

Value Evaluator::filterChain(const Expression &expression, const Value &input,
                             const ScopePtr &scope) {
  const Expression *before = expression.operands[0].get();
  return filter(expression, before ? filterChain(*before, input, scope) : input, scope);
}

Value Evaluator::compare(const Expression &expression, const ScopePtr &scope) {
  Value left = evaluate(*expression.operands[0], scope);
  for (size_t i = 0; i < expression.words.size(); ++i) {
    Value right = evaluate(*expression.operands[i + 1], scope);
    line_ = expression.line;
    if (!comparison(services_, expression.words[i], left, right))
      return Value(false);
    left = std::move(right);
  }
  return Value(true);
}

Value Evaluator::concat(const Expression &expression, const ScopePtr &scope) {
  Text out;
  for (const ExpressionPtr &operand : expression.operands)
    put(evaluate(*operand, scope), out);
  return Value(std::move(out));
}

Arguments Evaluator::arguments(const Expression &expression, const ScopePtr &scope) {
  Arguments out;
  for (size_t i = 1; i < expression.operands.size(); ++i)
    out.positional.push_back(evaluate(*expression.operands[i], scope));
  for (const auto &[name, value] : expression.named)
    out.named.emplace_back(name, evaluate(*value, scope));
  return out;
}

Value Evaluator::call(const Expression &expression, const ScopePtr &scope, const Value *caller) {
  Value function = evaluate(*expression.operands[0], scope);
  Arguments given = arguments(expression, scope);
  line_ = expression.line;
  if (caller)
    given.named.emplace_back("caller", *caller);
  const Callable *callable = defined(function).asCallable();
  if (!callable)
    refuse("a {} cannot be called", function.typeName());
  if (callable->macro)
    return callMacro(*callable, std::move(given));
  if (callable->self.safe())
    refuse("methods of the result of the filter safe are not supported");
  return apply(services_, *callable->builtin, callable->self, std::move(given));
}

} // namespace cria::rt::chat
