//===- Template.cpp - A Jinja template, parsed ----------------------------===//
#include "runtime/chat/Template.h"
#include "runtime/Utf8.h"
#include "runtime/chat/Evaluator.h"
#include "runtime/chat/Parser.h"
#include "runtime/chat/Token.h"

namespace cria::rt::chat {
namespace {

Body parse(const std::string &name, std::string_view source) {
  constexpr size_t most = 4 << 20;
  if (source.size() > most)
    fail("{}: {} bytes are more than a template may have, {}", name, source.size(), most);
  if (repairUtf8(source) != source)
    fail("{}: not valid UTF-8", name);
  try {
    return parseTemplate(source);
  } catch (const SyntaxError &error) {
    fail("{}: {}", name, error.what());
  }
}

} // namespace

Template::Template(std::string name, std::string_view source)
    : name_(std::move(name)), body_(parse(name_, source)) {}

Text Template::render(const Variables &variables, const Clock &clock) const {
  size_t given = 0;
  auto scope = std::make_shared<Scope>();
  for (const auto &[name, value] : variables) {
    given += 64 * value.cost();
    scope->names[name] = value;
  }
  Evaluator evaluator(given, clock);
  try {
    return evaluator.run(body_, scope);
  } catch (const RenderError &error) {
    fail("{}: line {}: {}", name_, evaluator.line(), error.what());
  }
}

} // namespace cria::rt::chat
