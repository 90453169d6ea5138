//===- Macros.cpp - Calls of macros ---------------------------------------===//
#include "runtime/chat/Evaluator.h"
#include <algorithm>
#include <utility>

namespace cria::rt::chat {

Evaluator::~Evaluator() {
  for (const ScopePtr &scope : captured_)
    scope->names.clear();
}

ScopePtr Evaluator::inner(const ScopePtr &scope) {
  services_.budget.allocate(sizeof(Scope));
  auto out = std::make_shared<Scope>();
  out->parent = scope;
  return out;
}

Value Evaluator::macroValue(const MacroNode &macro, const ScopePtr &scope) {
  services_.budget.allocate(sizeof(Callable) + sizeof(Scope));
  auto out = std::make_shared<Callable>();
  out->macro = &macro;
  out->scope = scope;
  captured_.push_back(scope);
  return Value(std::shared_ptr<const Callable>(std::move(out)));
}

Value Evaluator::callMacro(const Callable &callable, Arguments arguments) {
  Level level(depth_);
  const MacroNode &macro = *callable.macro;
  ScopePtr scope = inner(callable.scope);
  bindParameters(macro, arguments, scope);
  bindRest(macro, arguments, scope);
  Text out;
  execute(macro.body, scope, out);
  return Value(std::move(out));
}

void Evaluator::bindParameters(const MacroNode &macro, Arguments &arguments,
                               const ScopePtr &scope) {
  const auto &names = macro.parameters;
  size_t given = std::min(arguments.positional.size(), names.size());
  for (size_t i = 0; i < given; ++i)
    scope->names[names[i]] = arguments.positional[i];
  size_t firstDefault = names.size() - macro.defaults.size();
  for (size_t i = 0; i < names.size(); ++i) {
    auto named = std::find_if(arguments.named.begin(), arguments.named.end(),
                              [&](const auto &argument) { return argument.first == names[i]; });
    if (named != arguments.named.end()) {
      if (i < given)
        refuse("macro {} got argument \"{}\" twice", printable(macro.name), printable(names[i]));
      scope->names[names[i]] = named->second;
      arguments.named.erase(named);
    } else if (i >= given && i >= firstDefault) {
      Value value = evaluate(*macro.defaults[i - firstDefault], scope);
      scope->names[names[i]] = std::move(value);
    } else if (i >= given) {
      scope->names[names[i]] =
          Value::undefined(fmt::format("parameter \"{}\" of macro {} was not given",
                                       printable(names[i]), printable(macro.name)));
    }
  }
  arguments.positional.erase(arguments.positional.begin(),
                             arguments.positional.begin() + static_cast<std::ptrdiff_t>(given));
}

/// What no parameter took.
void Evaluator::bindRest(const MacroNode &macro, Arguments &arguments, const ScopePtr &scope) {
  if (macro.usesCaller) {
    auto caller = std::find_if(arguments.named.begin(), arguments.named.end(),
                               [](const auto &argument) { return argument.first == "caller"; });
    bool given = caller != arguments.named.end();
    scope->names["caller"] = given ? caller->second : Value::undefined("there is no caller");
    if (given)
      arguments.named.erase(caller);
  }
  if (macro.usesVarargs)
    scope->names["varargs"] =
        services_.make(std::exchange(arguments.positional, {}), Flavor::tuple);
  if (macro.usesKwargs) {
    std::vector<std::pair<Value, Value>> entries;
    for (auto &[name, value] : std::exchange(arguments.named, {}))
      entries.emplace_back(Value::text(name), value);
    scope->names["kwargs"] = services_.make(std::move(entries));
  }
  if (!arguments.named.empty())
    refuse("macro {} has no parameter \"{}\"", printable(macro.name),
           printable(arguments.named.front().first));
  if (!arguments.positional.empty())
    refuse("macro {} takes no more than {} arguments", printable(macro.name),
           macro.parameters.size());
}

} // namespace cria::rt::chat
