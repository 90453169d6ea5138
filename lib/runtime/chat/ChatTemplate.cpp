//===- ChatTemplate.cpp - Dialogues in the format of a model --------------===//
#include "runtime/chat/ChatTemplate.h"
#include "runtime/Fail.h"
#include "runtime/Utf8.h"
#include "runtime/chat/FromJson.h"

namespace cria::rt::chat {
namespace {

const ChatFile &withTemplate(const ChatFile &file) {
  if (!file.whyNot.empty())
    fail("--chat: {}", file.whyNot);
  return file;
}

Value messageList(Services &services, std::span<const Message> messages) {
  std::vector<Value> list;
  for (const Message &message : messages) {
    std::vector<std::pair<Value, Value>> entries;
    entries.emplace_back(Value::text("role"), Value::text(message.role));
    Text content(repairUtf8(message.content), /*user=*/true);
    entries.emplace_back(Value::text("content"), services.make(std::move(content)));
    list.push_back(services.make(std::move(entries)));
  }
  return services.make(std::move(list));
}

/// Replaces an earlier value of the same name.
void set(Template::Variables &variables, const std::string &name, Value value) {
  std::erase_if(variables, [&](const auto &variable) { return variable.first == name; });
  variables.emplace_back(name, std::move(value));
}

} // namespace

ChatTemplate::ChatTemplate(const ChatFile &file)
    : template_(withTemplate(file).name, file.source), tokens_(file.tokens) {}

Text ChatTemplate::render(std::span<const Message> messages, const ChatSettings &settings) const {
  size_t size = 0;
  for (const Message &message : messages)
    size += message.content.size();
  Clock clock = settings.date ? *settings.date : Clock::now();
  Services services(size, clock);

  Template::Variables variables;
  variables.emplace_back("messages", messageList(services, messages));
  variables.emplace_back("tools", Value());
  variables.emplace_back("documents", Value());
  variables.emplace_back("add_generation_prompt", Value(true));
  for (const auto &[name, text] : tokens_)
    set(variables, name, Value::text(text));
  // Templates that take a date and do not ask for today's have it under this name.
  if (settings.date)
    set(variables, "date_string", Value::text(clock.format("%d %b %Y")));
  for (const auto &[name, json] : settings.values)
    set(variables, name, fromJson(json, "--chat-arg: " + name));
  return template_.render(variables, clock);
}

} // namespace cria::rt::chat
