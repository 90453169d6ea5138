//===- ChatFile.cpp - What a compiled model keeps for chats ---------------===//
#include "runtime/chat/ChatFile.h"
#include "runtime/Fail.h"
#include "runtime/Json.h"

namespace cria::rt::chat {

std::string ChatFile::write() const {
  nlohmann::json file = {
      {"name", name}, {"template", source}, {"why_not", whyNot}, {"tokens", tokens}};
  return file.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

ChatFile ChatFile::read(std::string_view text) {
  nlohmann::json file = parseJson(text, blobName, 3);
  try {
    return {file.at("name"), file.at("template"), file.at("why_not"), file.at("tokens")};
  } catch (const nlohmann::json::exception &) {
    fail("{}: damaged", blobName);
  }
}

} // namespace cria::rt::chat
