//===- ChatTemplate.h - Dialogues in the format of a model ------*- C++ -*-===//
#pragma once
#include "runtime/chat/ChatFile.h"
#include "runtime/chat/Template.h"
#include <optional>
#include <span>

namespace cria::rt::chat {

struct Message {
  std::string role; ///< "system", "user" or "assistant"
  std::string content;
};

/// What a template sees besides the messages.
struct ChatSettings {
  std::optional<Clock> date;                               ///< default: now
  std::vector<std::pair<std::string, std::string>> values; ///< variables, as JSON
};

/// Writes dialogues as transformers' apply_chat_template(add_generation_prompt=True) does.
class ChatTemplate {
public:
  /// Throws a cria::Error if there is no template, or one that is not understood.
  explicit ChatTemplate(const ChatFile &file);

  /// The prompt for the answer to `messages`, whose contents are marked as a user's. Throws a
  /// cria::Error, for one if the template refuses the order of roles.
  Text render(std::span<const Message> messages, const ChatSettings &settings) const;

private:
  Template template_;
  std::map<std::string, std::string> tokens_;
};

} // namespace cria::rt::chat
