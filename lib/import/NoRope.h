//===- NoRope.h - Layers without rotary embedding ---------------*- C++ -*-===//
#pragma once
#include "import/Fields.h"

namespace cria::import {

/// The n of a SmolLM3 of `layers` layers, every n-th of which has no rotary embedding; 0 if all
/// have, and `otherwise` if the file says nothing. Refuses what makes its layers differ in another
/// way. Throws cria::Error.
std::int64_t readNoRope(const Fields &config, std::int64_t layers, std::int64_t otherwise);

} // namespace cria::import
