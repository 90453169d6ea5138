#include "FakeTokenizer.h"
#include "import/tokenizer/TokenizerParts.h"
#include "runtime/tokenizer/ByteAlphabet.h"

namespace fake {
namespace {

/// `bytes` in the byte alphabet.
std::string spelled(std::string_view bytes) {
  std::string out;
  cria::rt::appendByteAlphabet(out, bytes);
  return out;
}

void add(cria::import::TokenizerParts &parts, uint32_t id, const std::string &bytes) {
  parts.tokens[id] = spelled(bytes);
  parts.vocab.push_back(id);
}

} // namespace

std::vector<std::byte> tokenizer() {
  cria::import::TokenizerParts parts{};
  for (uint32_t byte = 0; byte < 256; ++byte)
    add(parts, byte, {static_cast<char>(byte)});
  uint32_t id = 256;
  for (const char *special : {"<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>",
                              "<|end_header_id|>", "<|eot_id|>"}) {
    parts.tokens[id] = special;
    parts.added.push_back({special, id++, cria::rt::tokenizer_format::Added::special, false});
  }
  for (const char *piece : {"a\xe2", "\x82", "\xac!", " ST", "OP", "z\xf0"})
    parts.tokens[id++] = spelled(piece); // no merge makes them
  using Kind = cria::rt::tokenizer_format::StepKind;
  parts.preTokenizers = {{.kind = Kind::byteLevel}};
  parts.decoders = {{.kind = Kind::byteLevelDecode}};
  parts.prefix = {256};
  return pack(parts);
}

} // namespace fake
