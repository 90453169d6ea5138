//===- Tokens.cpp - First and end tokens ----------------------------------===//
#include "import/Tokens.h"
#include "runtime/Fail.h"
#include <algorithm>

namespace cria::import {

using nlohmann::json;

namespace {

/// The token `value` of `field`; -1 if no token has the id.
std::int64_t readToken(const Fields &fields, const char *field, const json &value, Config &config) {
  constexpr std::int64_t most = std::int64_t(1) << 53;
  std::int64_t id = fields.asInteger(field, value, -most, most);
  if (id < config.vocab)
    return std::max<std::int64_t>(id, -1);
  config.notes.push_back(
      fields.describe(field, fmt::format("{} does not count: vocab_size is {}", id, config.vocab)));
  return -1;
}

} // namespace

void readTokens(const Fields &fields, Config &config) {
  if (const json *bos = fields.find("bos_token_id"))
    config.bos = readToken(fields, "bos_token_id", *bos, config);
  const json *eos = fields.find("eos_token_id");
  config.eos.clear();
  if (!eos)
    return;
  for (const json &item : eos->is_array() ? *eos : json::array({*eos})) {
    std::int64_t id = readToken(fields, "eos_token_id", item, config);
    if (id >= 0 && std::find(config.eos.begin(), config.eos.end(), id) == config.eos.end())
      config.eos.push_back(static_cast<std::int32_t>(id));
  }
}

void readGenerationTokens(const Fields &fields, Config &config) {
  if (!fields.find("eos_token_id") && !config.eos.empty())
    config.notes.push_back(fields.describe(
        "eos_token_id", "missing, and so there is no end token: where this file exists, "
                        "eos_token_id of config.json does not count"));
  readTokens(fields, config);
}

} // namespace cria::import
