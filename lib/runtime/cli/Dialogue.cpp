//===- Dialogue.cpp - The chat that a user has ----------------------------===//
#include "runtime/cli/Dialogue.h"
#include "runtime/Fail.h"
#include "runtime/cli/TextStream.h"
#include <algorithm>

namespace cria::rt {

Dialogue::Dialogue(const Model &model, const Options &options)
    : tokenizer_(model.tokenizer()), options_(options) {
  auto blob = model.file(chat::ChatFile::blobName);
  if (!blob)
    fail("--chat: model {} was compiled without a chat template", model.compiled().name);
  chat::ChatFile file = chat::ChatFile::read(*blob);
  template_.emplace(file);
  if (auto eos = file.tokens.find("eos_token");
      eos != file.tokens.end() && model.compiled().eos_count == 0)
    end_ = tokenizer_.find(eos->second);
  if (options.system)
    messages_.push_back({"system", *options.system});
}

void Dialogue::answer(std::span<const int32_t> tokens) {
  TextStream stream(options_.stops);
  std::string text = stream.push(tokenizer_.decode(tokens, /*skipSpecial=*/true));
  messages_.push_back({"assistant", text + stream.finish()});
}

std::vector<int32_t> Dialogue::prompt() const {
  chat::Text text = template_->render(messages_, options_.chatSettings);
  return tokenizer_.encode(text.bytes(), /*addSpecial=*/false, /*parseSpecial=*/true, text.user());
}

size_t commonPrefix(std::span<const int32_t> a, std::span<const int32_t> b) {
  return static_cast<size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first -
                             a.begin());
}

} // namespace cria::rt
