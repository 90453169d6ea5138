// Whatever is in tokenizer.cria: ids inside the vocabulary, or a cria::Error.
#include "FuzzSupport.h"
#include "import/tokenizer/Pattern.h"
#include "import/tokenizer/TokenizerParts.h"
#include "runtime/Utf8.h"
#include "runtime/tokenizer/Tokenizer.h"

using namespace cria;

/// A tokenizer with a merge, three added tokens and a step of each kind.
static std::string goodFile() {
  using namespace rt::tokenizer_format;
  import::TokenizerParts parts{};
  uint32_t id = 0;
  for (const char *token :
       {"a", "b", "ab", "\u0120", "c", "<0x41>", "<0xC3>", "<0xA9>", "é", "aba"}) {
    parts.tokens[id] = token;
    parts.vocab.push_back(id++);
  }
  for (const char *token : {"<|x|>", "<|xy|>", "cd"})
    parts.tokens[id++] = token;
  parts.tokens[20] = "far";
  parts.flags = Header::byteFallback | Header::ignoreMerges;
  parts.unknown = 4;
  parts.merges = {{0, 1, 2}, {2, 0, 9}};
  parts.added = {{"<|x|>", 10, Added::special, false},
                 {"<|xy|>", 11, Added::lstrip, false},
                 {"cd", 12, Added::rstrip | Added::singleWord, true}};
  parts.prefix = {10};
  parts.suffix = {11};
  auto program = [&](const char *pattern) {
    return import::compilePattern(import::parsePattern(pattern), parts.programs);
  };
  uint32_t words = program(R"((?i:'s|'t)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|[^\S]+(?!\S)|\s+)");
  uint32_t odd = program(R"((?<=a|b)\w+?\b|(?>x+y)++|^z{2,3}$)");
  parts.normalizers = {{.kind = StepKind::unicodeForm, .a = 2},
                       {.kind = StepKind::lowercase},
                       {.kind = StepKind::stripSpace, .a = 3},
                       {.kind = StepKind::prepend, .text = "▁"},
                       {.kind = StepKind::replace, .a = odd, .text = "y"}};
  parts.preTokenizers = {{.kind = StepKind::metaspace, .a = 0x2581},
                         {.kind = StepKind::split, .a = words, .b = 3, .c = 1},
                         {.kind = StepKind::prefixSpace},
                         {.kind = StepKind::byteLevel}};
  parts.decoders = {{.kind = StepKind::replace, .a = odd, .text = " "},
                    {.kind = StepKind::metaspaceDecode, .a = 0x2581, .b = 1},
                    {.kind = StepKind::byteFallback},
                    {.kind = StepKind::stripCharacter, .a = ' ', .b = 1, .c = 1},
                    {.kind = StepKind::fuse},
                    {.kind = StepKind::stripCharacter, .a = ' ', .b = 1},
                    {.kind = StepKind::byteLevelDecode},
                    {.kind = StepKind::joinWithSpaces}};
  auto bytes = pack(std::move(parts));
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
    std::string decoded = tokenizer.decode(ids, parseSpecial);
    if (!rt::isUtf8(decoded))
      std::abort();
    for (int32_t id : ids)
      tokenizer.bytes(id, parseSpecial);
    if (auto id = tokenizer.find(text); id && *id >= tokenizer.size())
      std::abort();
  });
  return 0;
}
