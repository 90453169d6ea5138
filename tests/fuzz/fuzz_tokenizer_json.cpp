// Whatever tokenizer.json says: a tokenizer.cria that the runtime opens, or a cria::Error.
#include "FuzzSupport.h"
#include "import/tokenizer/TokenizerJson.h"
#include "runtime/tokenizer/Tokenizer.h"
#include <nlohmann/json.hpp>

using namespace cria;
using nlohmann::json;

/// One character of the byte alphabet.
static std::string character(uint32_t code) {
  if (code < 0x80)
    return {static_cast<char>(code)};
  return {static_cast<char>(0xc0 | code >> 6), static_cast<char>(0x80 | (code & 0x3f))};
}

static std::string goodFile() {
  json vocab;
  uint32_t shifted = 0x100;
  for (uint32_t byte = 0; byte < 256; ++byte) {
    bool printable = (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte != 0xad);
    vocab[character(printable ? byte : shifted++)] = byte;
  }
  vocab["ab"] = 256;
  vocab["aba"] = 257;
  json special = {{"type", "TemplateProcessing"},
                  {"single",
                   {{{"SpecialToken", {{"id", "<|x|>"}, {"type_id", 0}}}},
                    {{"Sequence", {{"id", "A"}, {"type_id", 0}}}}}},
                  {"special_tokens", {{"<|x|>", {{"id", "<|x|>"}, {"ids", {258}}}}}}};
  json split = {{"type", "Split"},
                {"pattern", {{"Regex", R"((?i:'s)|[^\r\p{L}]?\p{L}+|\p{N}{1,3}|\s+(?!\S)|\s)"}}},
                {"behavior", "Isolated"},
                {"invert", false}};
  json bytes = {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"use_regex", false}};
  json file = {{"model", {{"type", "BPE"}, {"vocab", vocab}, {"merges", {"a b", {"ab", "a"}}}}},
               {"added_tokens", {{{"id", 258}, {"content", "<|x|>"}, {"special", true}}}},
               {"normalizer",
                {{"type", "Sequence"},
                 {"normalizers",
                  {{{"type", "NFC"}},
                   {{"type", "Prepend"}, {"prepend", "_"}},
                   {{"type", "Replace"}, {"pattern", {{"String", " "}}}, {"content", "_"}}}}}},
               {"pre_tokenizer", {{"type", "Sequence"}, {"pretokenizers", {split, bytes}}}},
               {"post_processor", {{"type", "Sequence"}, {"processors", {bytes, special}}}},
               {"decoder", bytes}};
  return file.dump();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  static const std::string good = goodFile();
  FuzzedDataProvider data(bytes, size);
  std::string text = data.ConsumeRandomLengthString(100);
  fuzz::MemoryFile file(fuzz::changed(good, data));
  std::vector<std::byte> blob;
  fuzz::tolerate([&] { blob = import::readTokenizer(file.path(), 1 << 16).blob; });
  if (blob.empty())
    return 0;
  auto tokenizer = rt::Tokenizer::open(blob); // must not throw
  fuzz::tolerate([&] { tokenizer.encode(text, true, true); });
  return 0;
}
