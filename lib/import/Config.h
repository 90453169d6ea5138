//===- Config.h - config.json of a Llama model ------------------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"
#include <filesystem>

namespace cria::import {

/// What config.json and generation_config.json say, checked: sizes are positive, divide as
/// they must, and are so bounded that the bytes of all weights fit an int64_t.
struct Config {
  std::int64_t vocab, hidden, ffn, layers;
  std::int64_t heads, kvHeads, headDim;
  std::int64_t maxContext;
  double eps;
  spec::Rope rope;
  bool tied, attentionBias, mlpBias;
  spec::DType dtype;             ///< f32 if the file does not say
  std::int64_t bos = -1;         ///< -1: none
  std::vector<std::int32_t> eos; ///< without duplicates
};

/// Reads `file`, and beside it generation_config.json if there is one, whose tokens are put
/// in place of those of `file`. Absent fields are as in transformers' LlamaConfig, but for
/// tokens: no bos_token_id, no first token. Throws cria::Error.
Config readConfig(const std::filesystem::path &file);

} // namespace cria::import
