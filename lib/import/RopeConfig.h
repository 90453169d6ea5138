//===- RopeConfig.h - Rotary embedding in config.json -----------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"
#include "import/Fields.h"

namespace cria::import {

/// Reads `rope_scaling` (older files), or else `rope_parameters` (newer ones), and the fields that
/// may stand beside them: `rope_theta`, `partial_rotary_factor`,
/// `original_max_position_embeddings`. Which of two counts is as in transformers 5. `maxContext` is
/// the length that scaling starts from if the file does not say. What is odd but taken is a
/// sentence in `notes`. Throws cria::Error.
spec::Rope readRope(const Fields &config, std::int64_t maxContext, std::vector<std::string> &notes);

} // namespace cria::import
