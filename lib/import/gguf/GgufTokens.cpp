//===- GgufTokens.cpp - First and end tokens of a GGUF file ---------------===//
#include "import/gguf/GgufTokens.h"
#include "runtime/Fail.h"
#include <algorithm>

namespace cria::import {

using nlohmann::json;

namespace {

/// Tokens that models end a turn with, which few files name in a key.
constexpr std::string_view endNames[] = {"<|eot_id|>",    "<|eom_id|>",    "<|im_end|>", "<|end|>",
                                         "<end_of_turn>", "<|endoftext|>", "<EOT>"};

bool endsTurn(const json &token) {
  return token.is_string() && std::find(std::begin(endNames), std::end(endNames),
                                        token.get_ref<const std::string &>()) != std::end(endNames);
}

/// The token that `key` names; -1 if there is none of that id, as in llama.cpp.
std::int64_t readToken(const Fields &keys, const char *key, Config &config) {
  std::int64_t id = keys.integer(key, -1, std::int64_t(1) << 53, -1);
  if (id < config.vocab)
    return id;
  if (id != UINT32_MAX) // stands for none
    config.notes.push_back(keys.describe(
        key, fmt::format("{} does not count: there are {} tokens", id, config.vocab)));
  return -1;
}

void addEnd(Config &config, std::int64_t id) {
  if (id >= 0 && std::find(config.eos.begin(), config.eos.end(), id) == config.eos.end())
    config.eos.push_back(static_cast<std::int32_t>(id));
}

} // namespace

void readGgufTokens(const Fields &keys, Config &config) {
  config.bos = readToken(keys, "tokenizer.ggml.bos_token_id", config);
  for (const char *key : {"tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id",
                          "tokenizer.ggml.eom_token_id"})
    addEnd(config, readToken(keys, key, config));
  const json &tokens = keys.list("tokenizer.ggml.tokens");
  const json &types = keys.list("tokenizer.ggml.token_type");
  for (size_t i = 0; i < std::min(tokens.size(), types.size()); ++i)
    if (types[i] == static_cast<std::int64_t>(GgufTokenType::control) && endsTurn(tokens[i]))
      addEnd(config, static_cast<std::int64_t>(i));
}

} // namespace cria::import
