//===- Synthetic.h - Numbers to measure with --------------------*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include "runtime/Mapping.h"

namespace cria::measure {

/// A cache filled like random weights of the head dim's width. The scores then have a spread like
/// that of real keys: a softmax over them is neither uniform nor one-hot. Throws cria::Error.
rt::Mapping syntheticCache(const cria_model &model, const char *name);

/// The i-th token of a text.
std::int32_t syntheticToken(std::int64_t i, const cria_model &model);

} // namespace cria::measure
