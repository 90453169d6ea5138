//===- GgufPreTokenizer.cpp - tokenizer.ggml.pre --------------------------===//
#include "import/gguf/GgufPreTokenizer.h"
#include "runtime/Fail.h"

namespace cria::import {

using nlohmann::json;

namespace {

// The patterns are those of the models' own tokenizer.json.
constexpr const char *llama3 =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr const char *qwen2 =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr const char *tekken =
    R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

enum class Steps {
  pattern,      ///< one pattern
  gpt2,         ///< GPT-2's, which ByteLevel has
  digits,       ///< digits one by one, then as gpt2
  deepseekCoder ///< several patterns, one after another
};

struct Known {
  std::string_view name;
  Steps steps;
  const char *pattern;
  bool ignoreMerges, addBos;
};

constexpr Known known[] = {
    {"llama-bpe", Steps::pattern, llama3, true, true},
    {"llama3", Steps::pattern, llama3, true, true},
    {"llama-v3", Steps::pattern, llama3, true, true},
    {"falcon3", Steps::pattern, llama3, true, true},
    {"smaug-bpe", Steps::pattern, llama3, false, false},
    {"dbrx", Steps::pattern, llama3, false, false},
    {"tekken", Steps::pattern, tekken, true, true},
    {"qwen2", Steps::pattern, qwen2, false, false},
    {"deepseek-r1-qwen", Steps::pattern, qwen2, false, false},
    {"stablelm2", Steps::pattern, qwen2, false, false},
    {"smollm", Steps::digits, nullptr, false, false},
    {"starcoder", Steps::digits, nullptr, false, false},
    {"refact", Steps::digits, nullptr, false, false},
    {"command-r", Steps::digits, nullptr, false, false},
    {"deepseek-coder", Steps::deepseekCoder, nullptr, false, false},
    {"gpt-2", Steps::gpt2, nullptr, false, false},
    {"olmo", Steps::gpt2, nullptr, false, false},
};

json split(const char *pattern) {
  return {{"type", "Split"},
          {"pattern", {{"Regex", pattern}}},
          {"behavior", "Isolated"},
          {"invert", false}};
}

json digits() { return {{"type", "Digits"}, {"individual_digits", true}}; }

json byteLevel(bool withPattern) {
  return {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"use_regex", withPattern}};
}

json stepsOf(const Known &entry) {
  json list = json::array();
  switch (entry.steps) {
  case Steps::pattern:
    list = {split(entry.pattern), byteLevel(false)};
    break;
  case Steps::gpt2:
    list = json::array({byteLevel(true)});
    break;
  case Steps::digits:
    list = {digits(), byteLevel(true)};
    break;
  case Steps::deepseekCoder:
    for (const char *pattern :
         {R"([\r\n])", R"(\s?\p{L}+)", R"(\s?\p{P}+)", "[一-龥ࠀ-一가-퟿]+"})
      list.push_back(split(pattern));
    list.push_back(digits());
    list.push_back(byteLevel(false));
    break;
  }
  return {{"type", "Sequence"}, {"pretokenizers", list}};
}

/// Without what does not change ids, and always a sequence.
json plain(json step) {
  if (step.value("type", "") != "Sequence")
    step = {{"type", "Sequence"}, {"pretokenizers", json::array({step})}};
  for (json &one : step["pretokenizers"])
    one.erase("trim_offsets");
  return step;
}

} // namespace

std::string nameOfPreTokenizer(const Fields &root) {
  if (!root.find("pre_tokenizer"))
    return {};
  json step = plain(root.object("pre_tokenizer").value());
  bool ignoreMerges = root.object("model").flag("ignore_merges", false);
  for (const Known &entry : known)
    if (entry.ignoreMerges == ignoreMerges && stepsOf(entry) == step)
      return std::string(entry.name);
  return {};
}

GgufPreTokenizer readGgufPreTokenizer(const Fields &keys) {
  constexpr const char *key = "tokenizer.ggml.pre";
  std::string name = keys.text(key);
  std::string names;
  for (const Known &entry : known) {
    if (entry.name == name)
      return {stepsOf(entry), entry.ignoreMerges, entry.addBos};
    names += (names.empty() ? "" : ", ") + std::string(entry.name);
  }
  keys.refuse(key, json(name), fmt::format("is not supported ({})", names));
}

} // namespace cria::import
