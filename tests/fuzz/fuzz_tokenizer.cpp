// Whatever is in tokenizer.cria: ids inside the vocabulary, or a cria::Error.
#include "FuzzSupport.h"
#include "import/TokenizerParts.h"
#include "runtime/Tokenizer.h"

using namespace cria;

/// A tokenizer of bytes with two merges and three added tokens.
static std::string goodFile() {
  import::TokenizerParts parts{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    parts.tokens[byte] = static_cast<char>(byte);
    parts.byteTokens[byte] = byte;
  }
  parts.tokens[256] = "ab";
  parts.tokens[257] = "aba";
  parts.tokens[258] = "<|x|>";
  parts.tokens[260] = "<|xy|>";
  parts.tokens[261] = "cd";
  parts.words = {257, 256};
  parts.merges = {{'a', 'b', 256}, {256, 'a', 257}};
  using Added = rt::tokenizer_format::Added;
  parts.added = {{"<|x|>", 258, Added::special, false},
                 {"<|xy|>", 260, Added::lstrip, false},
                 {"cd", 261, Added::rstrip, true}};
  parts.prefix = {258};
  parts.suffix = {260};
  parts.pattern = R"((?i:'s|'t)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|[^\S]+(?!\S)|\s+)";
  auto bytes = pack(parts);
  return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  static const std::string good = goodFile();
  FuzzedDataProvider data(bytes, size);
  bool parseSpecial = data.ConsumeBool();
  std::string text = data.ConsumeRandomLengthString(200);
  std::string file = fuzz::changed(good, data);
  fuzz::tolerate([&] {
    auto tokenizer = rt::Tokenizer::open(std::as_bytes(std::span(file)));
    auto ids = tokenizer.encode(text, true, parseSpecial);
    for (int32_t id : ids)
      if (id < 0 || id >= tokenizer.size())
        std::abort();
    tokenizer.decode(ids, parseSpecial);
    if (auto id = tokenizer.find(text); id && *id >= tokenizer.size())
      std::abort();
  });
  return 0;
}
