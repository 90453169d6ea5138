//===- Tokens.cpp - A tokenizer as keys of a GGUF file --------------------===//
#include "export/Tokens.h"
#include "import/Fields.h"
#include "import/gguf/GgufPreTokenizer.h"
#include "import/gguf/GgufTokens.h"
#include "runtime/Fail.h"
#include "runtime/chat/ChatFile.h"

namespace cria::gguf {

using import::Fields;
using import::GgufTokenType;
using nlohmann::json;

namespace {

constexpr size_t mostBytes = 256 << 20;

/// Tokens by id. Ids without a token, of which a model may have some, have a text of their own.
struct Vocabulary {
  std::vector<std::string> texts;
  std::vector<std::int32_t> types;

  explicit Vocabulary(std::int64_t size) {
    for (std::int64_t id = 0; id < size; ++id)
      texts.push_back(fmt::format("[PAD{}]", id));
    types.assign(texts.size(), static_cast<std::int32_t>(GgufTokenType::unused));
  }
  void set(std::int64_t id, const std::string &text, GgufTokenType type) {
    texts.at(static_cast<size_t>(id)) = text;
    types.at(static_cast<size_t>(id)) = static_cast<std::int32_t>(type);
  }
};

Vocabulary readVocabulary(const Fields &root, std::int64_t size) {
  Vocabulary vocabulary(size);
  Fields vocab = root.object("model").object("vocab");
  for (const auto &[text, id] : vocab.value().items())
    vocabulary.set(vocab.asInteger(text, id, 0, size - 1), text, GgufTokenType::normal);
  for (size_t i = 0; i < root.list("added_tokens").size(); ++i) {
    Fields token = root.item("added_tokens", i);
    bool special = token.flag("special", false);
    vocabulary.set(token.integer("id", 0, size - 1), token.text("content"),
                   special ? GgufTokenType::control : GgufTokenType::userDefined);
  }
  return vocabulary;
}

std::vector<std::string> readMerges(const Fields &model) {
  std::vector<std::string> merges;
  for (const json &merge : model.list("merges"))
    merges.push_back(merge.is_string()
                         ? merge.get<std::string>()
                         : merge[0].get<std::string>() + " " + merge[1].get<std::string>());
  return merges;
}

} // namespace

void writeTokens(Writer &writer, const import::Imported &imported,
                 const std::filesystem::path &folder) {
  std::filesystem::path file = folder / "tokenizer.json";
  json document = import::readJson(file, mostBytes);
  Fields root(document, file.native());
  std::string pre = import::nameOfPreTokenizer(root);
  if (pre.empty() || root.find("normalizer"))
    root.refuse("pre_tokenizer", "has no name in GGUF, which --quantize writes; --no-tokenizer "
                                 "leaves the tokenizer out");
  auto size = std::get<spec::Embed>(imported.model.nodes.front()).vocab;
  Vocabulary vocabulary = readVocabulary(root, size);
  writer.string("tokenizer.ggml.model", "gpt2");
  writer.string("tokenizer.ggml.pre", pre);
  writer.strings("tokenizer.ggml.tokens", vocabulary.texts);
  writer.integers("tokenizer.ggml.token_type", vocabulary.types);
  writer.strings("tokenizer.ggml.merges", readMerges(root.object("model")));
  if (imported.bos >= 0)
    writer.integer("tokenizer.ggml.bos_token_id", imported.bos);
  constexpr const char *ends[] = {"tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id",
                                  "tokenizer.ggml.eom_token_id"};
  for (size_t i = 0; i < std::min(std::size(ends), imported.eos.size()); ++i)
    writer.integer(ends[i], imported.eos[i]);
  auto prefix = document.value("post_processor", json()).dump();
  writer.flag("tokenizer.ggml.add_bos_token", prefix.find("SpecialToken") != prefix.npos);
  if (!imported.chat.empty())
    if (auto chat = rt::chat::ChatFile::read(imported.chat); !chat.source.empty())
      writer.string("tokenizer.chat_template", chat.source);
}

} // namespace cria::gguf
