//===- Cache.h - How keys and values are rounded ----------------*- C++ -*-===//
#pragma once
#include "verify/Noise.h"
#include <span>

namespace cria::verify {

/// Storages of keys and values.
enum class Cache { f32, f16, bf16, q8_0 };

/// Rounds rows of keys or values, which have errors of f32, to what a cache of this storage holds.
/// Rows of `q8_0` are whole blocks.
void roundTo(Cache cache, std::span<double> rows, const Errors &errors);

} // namespace cria::verify
