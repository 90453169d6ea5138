//===- Config.h - config.json of a Llama model ------------------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"
#include "runtime/Json.h"
#include <filesystem>

namespace cria::import {

/// What config.json and generation_config.json say, checked: sizes are positive, divide as
/// they must, and are bounded so that the bytes of all weights fit an int64_t.
struct Config {
  std::int64_t vocab, hidden, ffn, layers;
  std::int64_t heads, kvHeads, headDim;
  std::int64_t maxContext; ///< no longer than a sliding window
  double eps;
  spec::Rope rope;
  std::int64_t noRopeInterval = 0; ///< every n-th layer has no rotary embedding; 0: all have
  spec::SwiGlu::Gate gate;
  bool tied, attentionBias, mlpBias;
  spec::DType dtype;              ///< of random weights; f32 if the file does not say
  std::int64_t bos = -1;          ///< -1: none
  std::vector<std::int32_t> eos;  ///< without duplicates
  nlohmann::json quantization;    ///< quantization_config; null if there is none
  std::string weightsFile;        ///< transformers_weights: a name beside the config; may be empty
  std::vector<std::string> notes; ///< what is odd but taken, as sentences
};

/// Reads `file`, and generation_config.json beside it if there is one. Rules are those of
/// transformers 5, and so are the values of absent fields, except that there is no first token
/// without a bos_token_id. Throws cria::Error.
Config readConfig(const std::filesystem::path &file);

} // namespace cria::import
