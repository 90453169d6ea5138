#include "FakeTokenizer.h"
#include "runtime/TokenizerFormat.h"
#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace fake {
namespace {

namespace format = cria::rt::tokenizer_format;

constexpr uint32_t firstSpecial = 256;
// Constants: the descriptor is made before main.
constexpr std::array<std::string_view, 5> special = {"<|begin_of_text|>", "<|end_of_text|>",
                                                     "<|start_header_id|>", "<|end_header_id|>",
                                                     "<|eot_id|>"};
constexpr std::array<std::string_view, 6> pieces = {"a\xe2", "\x82", "\xac!", " ST", "OP", "z\xf0"};

template <class T>
std::string bytesOf(const T &value) {
  std::string bytes(sizeof value, '\0');
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

/// The text of every id.
std::vector<std::string> vocabulary() {
  std::vector<std::string> tokens;
  for (int byte = 0; byte < 256; ++byte)
    tokens.emplace_back(1, static_cast<char>(byte));
  tokens.insert(tokens.end(), special.begin(), special.end());
  tokens.insert(tokens.end(), pieces.begin(), pieces.end());
  return tokens;
}

/// Special tokens in the order of their text, which the format wants.
std::vector<std::pair<std::string, uint32_t>> sortedSpecial() {
  std::vector<std::pair<std::string, uint32_t>> sorted;
  for (std::string_view text : special)
    sorted.emplace_back(text, firstSpecial + static_cast<uint32_t>(sorted.size()));
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

} // namespace

std::string tokenizerBlob() {
  auto tokens = vocabulary();
  auto ids = static_cast<uint32_t>(tokens.size());
  std::string tokenEnds, byteTokens, tokenText, added, addedText;
  for (const std::string &token : tokens)
    tokenEnds += bytesOf(static_cast<uint32_t>((tokenText += token).size()));
  for (uint32_t byte = 0; byte < 256; ++byte)
    byteTokens += bytesOf(byte);
  for (const auto &[text, id] : sortedSpecial()) {
    addedText += text;
    added +=
        bytesOf(format::Added{id, static_cast<uint32_t>(addedText.size()), format::Added::special});
  }
  std::string noMerges((ids + 1) * sizeof(uint32_t), '\0');

  format::Header header{};
  std::memcpy(header.magic, format::magic, sizeof header.magic);
  header.version = format::version;
  header.ids = ids;
  header.rawAdded = header.added = static_cast<uint32_t>(special.size());
  header.prefix = 1;
  header.tokenText = static_cast<uint32_t>(tokenText.size());
  header.addedText = static_cast<uint32_t>(addedText.size());
  return bytesOf(header) + tokenEnds + byteTokens + noMerges + added + bytesOf(firstSpecial) +
         tokenText + addedText;
}

} // namespace fake
