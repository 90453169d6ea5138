#include "FakeTokenizer.h"
#include "import/TokenizerParts.h"

namespace fake {

std::vector<std::byte> tokenizer() {
  cria::import::TokenizerParts parts{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    parts.tokens[byte] = static_cast<char>(byte);
    parts.byteTokens[byte] = byte;
  }
  uint32_t id = 256;
  for (const char *special : {"<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>",
                              "<|end_header_id|>", "<|eot_id|>"}) {
    parts.tokens[id] = special;
    parts.added.push_back({special, id++, cria::rt::tokenizer_format::Added::special, false});
  }
  for (const char *piece : {"a\xe2", "\x82", "\xac!", " ST", "OP", "z\xf0"})
    parts.tokens[id++] = piece;
  parts.prefix = {256};
  return pack(parts);
}

} // namespace fake
