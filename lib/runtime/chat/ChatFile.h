//===- ChatFile.h - What a compiled model keeps for chats -------*- C++ -*-===//
#pragma once
#include <map>
#include <string>
#include <string_view>

namespace cria::rt::chat {

/// The blob "chat.cria" of a compiled model, which is a JSON document.
struct ChatFile {
  static constexpr const char *blobName = "chat.cria";

  std::string
      name; ///< where the template is from, such as "M/tokenizer_config.json: chat_template"
  std::string source;                        ///< the template
  std::string whyNot;                        ///< why there is no template; then the rest is empty
  std::map<std::string, std::string> tokens; ///< variables of the template: bos_token and others

  std::string write() const;
  /// Throws a cria::Error.
  static ChatFile read(std::string_view text);
};

} // namespace cria::rt::chat
