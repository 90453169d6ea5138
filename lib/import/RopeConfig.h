//===- RopeConfig.h - Rotary embedding in config.json -----------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"
#include "import/Fields.h"

namespace cria::import {

/// Reads `rope_theta` and one of `rope_scaling` (older files) and `rope_parameters` (newer ones,
/// with rope_theta inside). `maxContext` is the length that llama3 scaling starts from if
/// the file does not say. Throws cria::Error.
spec::Rope readRope(const Fields &config, std::int64_t maxContext);

} // namespace cria::import
