//===- TokenizerConfig.cpp - Where transformers leaves tokenizer.json -----===//
//
// The rules are those of transformers 5: AutoTokenizer picks a class by `tokenizer_class`, and
// some classes take the vocabulary from tokenizer.json and build the steps around it themselves.
//
//===----------------------------------------------------------------------===//
#include "import/tokenizer/TokenizerConfig.h"
#include "runtime/Fail.h"
#include <map>

namespace cria::import {

using nlohmann::json;
using rt::printable;
namespace fs = std::filesystem;

namespace {

constexpr size_t mostBytes = 16 << 20;

bool isByteLevel(const json &step) {
  return step.dump().find("\"ByteLevel\"") != std::string::npos;
}

/// The steps of LlamaTokenizer, as JSON.
json llamaSteps(const Fields &config) {
  bool prefix = config.flag("add_prefix_space", true);
  const char *scheme = !prefix ? "never" : config.flag("legacy", false) ? "always" : "first";
  json decoders = json::parse(R"([
    {"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
    {"type": "ByteFallback"}, {"type": "Fuse"}])");
  if (prefix)
    decoders.push_back({{"type", "Strip"}, {"content", " "}, {"start", 1}, {"stop", 0}});
  return {
      {"normalizer", nullptr},
      {"pre_tokenizer",
       {{"type", "Metaspace"}, {"replacement", "▁"}, {"prepend_scheme", scheme}, {"split", false}}},
      {"decoder", {{"type", "Sequence"}, {"decoders", decoders}}}};
}

class Notes {
public:
  Notes(const Fields &tokenizer, const Fields &config, std::vector<std::string> &notes)
      : tokenizer_(tokenizer), config_(config), notes_(notes) {}

  void aboutClass() {
    auto name = config_.text("tokenizer_class", "");
    std::string plain = name.ends_with("Fast") ? name.substr(0, name.size() - 4) : name;
    if (plain == "LlamaTokenizer")
      return aboutLlamaTokenizer(name);
    for (const char *asItIs : {"", "PreTrainedTokenizer", "TokenizersBackend"})
      if (plain == asItIs)
        return;
    note("tokenizer_class", "\"" + printable(name) +
                                "\": transformers may build steps of that class; criac follows "
                                "tokenizer.json");
  }

  void aboutTokens() {
    readKnown();
    if (config_.find("added_tokens_decoder"))
      for (const auto &[id, token] : config_.object("added_tokens_decoder").value().items())
        aboutToken("added_tokens_decoder." + id, token);
    for (const auto &[field, value] : config_.value().items())
      if (field.ends_with("_token") && !value.is_boolean())
        aboutToken(field, value);
    for (const char *field : {"extra_special_tokens", "additional_special_tokens"})
      if (const json *list = config_.find(field); list && list->is_structured())
        for (const json &token : *list)
          aboutToken(field, token);
  }

  /// The names of the fields are tokens.
  void aboutIds() {
    readKnown();
    for (const auto &[token, id] : config_.value().items())
      aboutToken(token, token);
  }

  void aboutSpecialText() {
    if (config_.flag("split_special_tokens", false))
      note("split_special_tokens", "true: transformers reads special tokens in text as text; a "
                                   "program of criac reads them as tokens");
  }

private:
  void readKnown() {
    for (const auto &item : tokenizer_.list("added_tokens"))
      known_.emplace(item["content"].get<std::string>(), &item);
  }

  /// It is used as it is only where tokenizer.json is byte-level.
  void aboutLlamaTokenizer(const std::string &name) {
    const json &root = tokenizer_.value();
    for (const char *part : {"pre_tokenizer", "decoder"})
      if (root.contains(part) && isByteLevel(root[part]))
        return;
    std::string differing;
    const json steps = llamaSteps(config_);
    for (const auto &[part, step] : steps.items())
      if (root.value(part, json()) != step)
        differing += (differing.empty() ? "" : ", ") + part;
    for (auto [flag, value] : {std::pair("fuse_unk", true), std::pair("byte_fallback", true),
                               std::pair("ignore_merges", false)})
      if (tokenizer_.object("model").flag(flag, false) != value)
        differing += (differing.empty() ? "" : ", ") + std::string("model.") + flag;
    if (!differing.empty())
      note("tokenizer_class",
           "\"" + printable(name) + "\": transformers 5 replaces " + differing +
               " of tokenizer.json; criac follows tokenizer.json, so text at the start or beside "
               "special tokens may get other ids");
  }

  void aboutToken(const std::string &field, const json &token) {
    const json &content = token.is_object() && token.contains("content") ? token["content"] : token;
    if (!content.is_string())
      return;
    auto [known, isNew] = known_.emplace(content.get<std::string>(), nullptr);
    if (!isNew)
      return aboutFlags(field, token, known->second);
    note(field, "\"" + printable(content.get<std::string>()) +
                    "\" is not in added_tokens of tokenizer.json: transformers adds it; criac "
                    "reads it as text");
  }

  /// transformers takes the flags of tokenizer_config.json.
  void aboutFlags(const std::string &field, const json &token, const json *known) {
    if (!known || !token.is_object())
      return;
    for (const char *flag : {"lstrip", "rstrip", "normalized", "single_word", "special"})
      if (token.contains(flag) && token[flag] != known->value(flag, json(false)))
        note(field,
             fmt::format("{}: {} of \"{}\" is {} in tokenizer.json, which criac follows; "
                         "transformers does not",
                         flag, token[flag].dump(), printable(token["content"].get<std::string>()),
                         known->value(flag, json(false)).dump()));
  }

  void note(const std::string &field, const std::string &what) {
    notes_.push_back(config_.describe(field, what));
  }

  const Fields &tokenizer_, &config_;
  std::vector<std::string> &notes_;
  std::map<std::string, const json *> known_; ///< tokens by content; null: not in tokenizer.json
};

bool isFile(const fs::path &path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

} // namespace

void warnOfTransformers(const Fields &root, const fs::path &folder,
                        std::vector<std::string> &warnings) {
  fs::path file = folder / "tokenizer_config.json";
  bool decoder = false, named = false;
  if (isFile(file)) {
    json document = readJson(file, mostBytes, rt::JsonRules::python);
    Fields config(document, file.native());
    decoder = config.find("added_tokens_decoder") != nullptr;
    named = config.find("tokenizer_class") != nullptr;
    Notes notes(root, config, warnings);
    notes.aboutClass();
    notes.aboutTokens();
    notes.aboutSpecialText();
  }
  file = folder / "config.json";
  if (!named && isFile(file)) { // where transformers looks for the class next
    json document = readJson(file, mostBytes);
    Fields config(document, file.native());
    Notes(root, config, warnings).aboutClass();
  }
  file = folder / "special_tokens_map.json";
  if (!decoder && isFile(file)) { // an older form of added_tokens_decoder
    json document = readJson(file, mostBytes, rt::JsonRules::python);
    Fields map(document, file.native());
    Notes(root, map, warnings).aboutTokens();
  }
  file = folder / "added_tokens.json";
  if (!decoder && isFile(file)) { // another: {"<x>": 300}
    json document = readJson(file, mostBytes, rt::JsonRules::python);
    Fields ids(document, file.native());
    Notes(root, ids, warnings).aboutIds();
  }
}

} // namespace cria::import
