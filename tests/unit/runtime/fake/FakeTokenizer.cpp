//===- FakeTokenizer.cpp - A tokenizer of bytes ---------------------------===//
//
// Ids 0 to 255 are bytes; then come the special tokens, then pieces of text that end inside
// a UTF-8 character.
//
//===----------------------------------------------------------------------===//
#include "runtime/Tokenizer.h"
#include <array>

namespace cria::rt {
namespace {

constexpr int32_t firstSpecial = 256, firstPiece = 261;
constexpr std::array<std::string_view, 5> special = {"<|begin_of_text|>", "<|end_of_text|>",
                                                     "<|start_header_id|>", "<|end_header_id|>",
                                                     "<|eot_id|>"};
constexpr std::array<std::string_view, 6> pieces = {"a\xe2", "\x82", "\xac!", " ST", "OP", "z\xf0"};

const std::string &allBytes() {
  static const std::string bytes = [] {
    std::string all;
    for (int i = 0; i < 256; ++i)
      all += static_cast<char>(i);
    return all;
  }();
  return bytes;
}

} // namespace

Tokenizer Tokenizer::open(std::span<const std::byte>) { return {}; }

std::vector<int32_t> Tokenizer::encode(std::string_view text, bool addSpecial,
                                       bool parseSpecial) const {
  std::vector<int32_t> ids;
  if (addSpecial)
    ids.push_back(firstSpecial);
  while (!text.empty()) {
    size_t length = 1;
    int32_t id = static_cast<unsigned char>(text[0]);
    for (size_t i = 0; parseSpecial && i < special.size(); ++i)
      if (text.starts_with(special[i])) {
        length = special[i].size();
        id = firstSpecial + static_cast<int32_t>(i);
      }
    ids.push_back(id);
    text.remove_prefix(length);
  }
  return ids;
}

std::string_view Tokenizer::bytes(int32_t id, bool skipSpecial) const {
  auto at = static_cast<size_t>(id);
  if (id >= 0 && id < firstSpecial)
    return std::string_view(allBytes()).substr(at, 1);
  if (id >= firstSpecial && id < firstPiece)
    return skipSpecial ? "" : special[at - firstSpecial];
  if (id >= firstPiece && at - firstPiece < pieces.size())
    return pieces[at - firstPiece];
  return {};
}

std::string Tokenizer::decode(std::span<const int32_t> ids, bool skipSpecial) const {
  std::string text;
  for (int32_t id : ids)
    text += bytes(id, skipSpecial);
  return text;
}

std::optional<int32_t> Tokenizer::find(std::string_view text) const {
  for (size_t i = 0; i < special.size(); ++i)
    if (special[i] == text)
      return firstSpecial + static_cast<int32_t>(i);
  return std::nullopt;
}

int32_t Tokenizer::size() const { return firstPiece + static_cast<int32_t>(pieces.size()); }

} // namespace cria::rt
