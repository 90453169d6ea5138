//===- GgufTokenizer.cpp - The tokenizer of a GGUF file -------------------===//
//
// The keys are brought into the form of tokenizer.json, whose readers do the rest.
//
//===----------------------------------------------------------------------===//
#include "import/gguf/GgufTokenizer.h"
#include "import/gguf/GgufPreTokenizer.h"
#include "import/gguf/GgufTokens.h"
#include "import/gguf/SentencePiece.h"
#include "import/tokenizer/TokenizerDocument.h"
#include "runtime/Fail.h"

namespace cria::import {

using nlohmann::json;

namespace {

constexpr const char *tokensKey = "tokenizer.ggml.tokens", *typesKey = "tokenizer.ggml.token_type",
                     *scoresKey = "tokenizer.ggml.scores", *mergesKey = "tokenizer.ggml.merges",
                     *modelKey = "tokenizer.ggml.model";

/// The tokens, their types and their scores, as long as each other.
class Vocabulary {
public:
  explicit Vocabulary(const Fields &keys)
      : keys(keys), tokens(keys.list(tokensKey)), types(keys.list(typesKey)),
        scores(keys.list(scoresKey)) {
    if (tokens.size() > rt::tokenizer_format::maxIds)
      keys.refuse(tokensKey, tokens, fmt::format("is more than {}", rt::tokenizer_format::maxIds));
    for (const char *key : {typesKey, scoresKey})
      if (auto size = keys.list(key).size(); size && size != tokens.size())
        keys.refuse(key, fmt::format("a list of {} for {} tokens", size, tokens.size()));
    for (size_t id = 0; id < tokens.size(); ++id)
      if (!tokens[id].is_string())
        keys.refuse(tokensKey, tokens[id], "is not a list of strings");
  }

  size_t size() const { return tokens.size(); }
  const std::string &text(size_t id) const { return tokens[id].get_ref<const std::string &>(); }
  GgufTokenType type(size_t id) const {
    return types.empty() ? GgufTokenType::normal
                         : static_cast<GgufTokenType>(
                               keys.asInteger(typesKey, types[id], INT32_MIN, INT32_MAX));
  }

  /// An object of all texts and ids.
  json ids() const {
    json ids = json::object();
    for (size_t id = 0; id < size(); ++id)
      if (auto [other, isNew] = ids.emplace(text(id), id); !isNew)
        keys.refuse(tokensKey, fmt::format("\"{}\" is token {} and token {}",
                                           rt::printable(text(id)), other->dump(), id));
    return ids;
  }

  /// Tokens that are found in text as a whole.
  json added() const {
    json added = json::array();
    for (size_t id = 0; id < size(); ++id) {
      GgufTokenType is = type(id);
      bool special = is == GgufTokenType::control || is == GgufTokenType::unknown;
      if (special || is == GgufTokenType::userDefined)
        added.push_back(
            {{"content", text(id)}, {"id", id}, {"special", special}, {"normalized", false}});
    }
    return added;
  }

  std::vector<Piece> pieces() const {
    if (scores.empty())
      keys.refuse(scoresKey, "missing");
    std::vector<Piece> pieces;
    for (size_t id = 0; id < size(); ++id)
      if (type(id) == GgufTokenType::normal || type(id) == GgufTokenType::userDefined) {
        if (!scores[id].is_number())
          keys.refuse(scoresKey, scores[id], "is not a number");
        pieces.push_back({text(id), static_cast<std::uint32_t>(id), scores[id].get<double>()});
      }
    return pieces;
  }

private:
  const Fields &keys;
  const json &tokens, &types, &scores;
};

/// {"Sequence"} with the tokens that are put around a text.
json postProcessor(const Fields &keys, const Vocabulary &vocabulary, bool addBos, bool sentences) {
  json single = json::array({{{"Sequence", {{"id", "A"}, {"type_id", 0}}}}});
  json tokens = json::object();
  auto add = [&](const char *flag, const char *key, bool usual, std::int64_t usualId) -> json {
    if (!keys.flag(flag, usual))
      return {};
    auto last = static_cast<std::int64_t>(vocabulary.size()) - 1;
    std::int64_t id = keys.integer(key, 0, last, sentences ? usualId : -1);
    if (id < 0 || id > last)
      keys.refuse(key, fmt::format("missing, though {} is set", flag));
    const std::string &text = vocabulary.text(static_cast<size_t>(id));
    tokens[text] = {{"id", text}, {"ids", {id}}, {"tokens", {text}}};
    return {{"SpecialToken", {{"id", text}, {"type_id", 0}}}};
  };
  if (json bos = add("tokenizer.ggml.add_bos_token", "tokenizer.ggml.bos_token_id", addBos, 1);
      !bos.is_null())
    single.insert(single.begin(), bos);
  if (json eos = add("tokenizer.ggml.add_eos_token", "tokenizer.ggml.eos_token_id", false, 2);
      !eos.is_null())
    single.push_back(eos);
  return {{"type", "TemplateProcessing"}, {"single", single}, {"special_tokens", tokens}};
}

json byteLevelDocument(const Fields &keys, const Vocabulary &vocabulary) {
  GgufPreTokenizer pre = readGgufPreTokenizer(keys);
  if (!keys.find(mergesKey))
    keys.refuse(mergesKey, "missing");
  return {{"model",
           {{"type", "BPE"},
            {"ignore_merges", pre.ignoreMerges},
            {"vocab", vocabulary.ids()},
            {"merges", keys.list(mergesKey)}}},
          {"added_tokens", vocabulary.added()},
          {"pre_tokenizer", pre.step},
          {"post_processor", postProcessor(keys, vocabulary, pre.addBos, false)},
          {"decoder", {{"type", "ByteLevel"}}}};
}

json sentencePieceDocument(const Fields &keys, const Vocabulary &vocabulary) {
  bool prefix = keys.flag("tokenizer.ggml.add_space_prefix", true);
  auto replace = [](const char *from, const char *to) -> json {
    return {{"type", "Replace"}, {"pattern", {{"String", from}}}, {"content", to}};
  };
  json normalizers = json::array({replace(" ", "▁")}), decoders = json::array();
  decoders = {replace("▁", " "), {{"type", "ByteFallback"}}, {{"type", "Fuse"}}};
  if (prefix) {
    normalizers.insert(normalizers.begin(), json{{"type", "Prepend"}, {"prepend", "▁"}});
    decoders.push_back({{"type", "Strip"}, {"content", " "}, {"start", 1}, {"stop", 0}});
  }
  auto unknown = static_cast<size_t>(keys.integer(
      "tokenizer.ggml.unknown_token_id", 0, static_cast<std::int64_t>(vocabulary.size()) - 1, 0));
  return {{"model",
           {{"type", "BPE"},
            {"byte_fallback", true},
            {"fuse_unk", true},
            {"unk_token", vocabulary.text(unknown)},
            {"vocab", vocabulary.ids()},
            {"merges", json::array()}}},
          {"added_tokens", vocabulary.added()},
          {"normalizer", {{"type", "Sequence"}, {"normalizers", normalizers}}},
          {"post_processor", postProcessor(keys, vocabulary, true, true)},
          {"decoder", {{"type", "Sequence"}, {"decoders", decoders}}}};
}

} // namespace

TokenizerFile readGgufTokenizer(const Fields &keys, std::int64_t vocab) {
  if (!keys.find(modelKey) || keys.text(modelKey) == "none")
    return {};
  std::string model = keys.text(modelKey);
  if (model != "gpt2" && model != "llama")
    keys.refuse(modelKey, json(model), "is not supported (gpt2, llama)");
  Vocabulary vocabulary(keys);
  if (vocabulary.size() == 0)
    keys.refuse(tokensKey, "has no tokens");
  bool sentences = model == "llama";
  json document =
      sentences ? sentencePieceDocument(keys, vocabulary) : byteLevelDocument(keys, vocabulary);
  Fields root(document, keys.file(), "tokenizer.ggml");
  std::vector<std::string> warnings;
  TokenizerParts parts = readDocument(root, warnings);
  if (sentences)
    parts.merges = mergesOf(vocabulary.pieces());
  return finishTokenizer(root, std::move(parts), vocab, std::move(warnings));
}

} // namespace cria::import
