//===- Architecture.h - The model types that Cria reads ---------*- C++ -*-===//
#pragma once
#include "import/Fields.h"

namespace cria::import {

/// A model type of transformers that is a Llama by its arithmetic, and what its configuration
/// class says where config.json says nothing.
struct Architecture {
  std::string_view type; ///< model_type
  std::int64_t ffn;
  std::int64_t kvHeads; ///< 0: as many as heads
  std::int64_t maxContext;
  std::int64_t window;             ///< sliding_window, 0: none
  bool biases;                     ///< attention_bias and mlp_bias have a meaning
  bool tied = false;               ///< tie_word_embeddings
  std::int64_t noRopeInterval = 0; ///< no_rope_layer_interval, 0: it has no meaning
};

/// The one of `config`. As in transformers, `model_type` decides; `architectures` does where
/// there is none. What is odd but taken is a sentence in `notes`. Throws cria::Error.
const Architecture &readArchitecture(const Fields &config, std::vector<std::string> &notes);

} // namespace cria::import
