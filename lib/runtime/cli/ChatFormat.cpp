#include "runtime/cli/ChatFormat.h"
#include "runtime/Fail.h"

namespace cria::rt {
namespace {

int32_t require(const Tokenizer &tokenizer, std::string_view token) {
  if (auto id = tokenizer.find(token))
    return *id;
  fail("--chat: the tokenizer has no {}: this is no Llama 3 chat model", token);
}

/// Without white space at the ends, as the format's own template has it.
std::string_view trim(std::string_view text) {
  constexpr std::string_view space = " \t\r\n\f\v";
  size_t begin = text.find_first_not_of(space);
  return begin == text.npos ? std::string_view()
                            : text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

} // namespace

ChatFormat::ChatFormat(const Model &model)
    : tokenizer_(model.tokenizer()), bos_(model.compiled().bos),
      startHeader_(require(tokenizer_, "<|start_header_id|>")),
      endHeader_(require(tokenizer_, "<|end_header_id|>")),
      endOfTurn_(require(tokenizer_, "<|eot_id|>")) {}

std::vector<int32_t> ChatFormat::begin(std::string_view system) const {
  std::vector<int32_t> out;
  if (bos_ >= 0)
    out.push_back(static_cast<int32_t>(bos_));
  if (!system.empty())
    addMessage(out, "system", system);
  return out;
}

std::vector<int32_t> ChatFormat::ask(std::string_view message) const {
  std::vector<int32_t> out;
  addMessage(out, "user", message);
  addHeader(out, "assistant");
  addText(out, "\n\n");
  return out;
}

void ChatFormat::addHeader(std::vector<int32_t> &out, std::string_view role) const {
  out.push_back(startHeader_);
  addText(out, role);
  out.push_back(endHeader_);
}

void ChatFormat::addMessage(std::vector<int32_t> &out, std::string_view role,
                            std::string_view text) const {
  addHeader(out, role);
  // The blank line is encoded with the text, whose first word may merge with it.
  addText(out, "\n\n" + std::string(trim(text)));
  out.push_back(endOfTurn_);
}

void ChatFormat::addText(std::vector<int32_t> &out, std::string_view text) const {
  auto ids = tokenizer_.encode(text, /*addSpecial=*/false, /*parseSpecial=*/false);
  out.insert(out.end(), ids.begin(), ids.end());
}

} // namespace cria::rt
