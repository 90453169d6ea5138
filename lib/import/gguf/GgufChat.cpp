//===- GgufChat.cpp - The chat template of a GGUF file --------------------===//
#include "import/gguf/GgufChat.h"
#include "import/ChatTemplate.h"
#include "runtime/Fail.h"
#include "runtime/chat/ChatFile.h"

namespace cria::import {

using rt::chat::ChatFile;

namespace {

struct Named {
  const char *variable, *key;
};
constexpr Named named[] = {{"bos_token", "tokenizer.ggml.bos_token_id"},
                           {"eos_token", "tokenizer.ggml.eos_token_id"},
                           {"unk_token", "tokenizer.ggml.unknown_token_id"},
                           {"pad_token", "tokenizer.ggml.padding_token_id"}};

} // namespace

std::string readGgufChat(const Fields &keys, const std::filesystem::path &given) {
  constexpr const char *key = "tokenizer.chat_template";
  ChatFile file;
  if (given.empty() && !keys.find(key)) {
    file.whyNot = fmt::format("the model has no chat template: {} has no {}; criac "
                              "--chat-template=FILE takes one",
                              keys.file(), key);
    return file.write();
  }
  file.name = given.empty() ? keys.file() + ": " + key : given.native();
  file.source = given.empty() ? keys.text(key) : readTemplateFile(given);
  const auto &tokens = keys.list("tokenizer.ggml.tokens");
  for (auto [variable, id] : named)
    if (keys.find(id)) {
      auto at = static_cast<size_t>(keys.integer(id, 0, UINT32_MAX));
      if (at < tokens.size())
        file.tokens[variable] = tokens[at].get<std::string>();
    }
  return finishChat(file);
}

} // namespace cria::import
