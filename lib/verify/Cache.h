//===- Cache.h - How keys and values are rounded ----------------*- C++ -*-===//
#pragma once
#include "cria/storages.h"
#include "verify/Noise.h"
#include <span>

namespace cria::verify {

/// Storages of keys and values.
enum class Cache {
#define CRIA_STORAGE(NAME, word, ...) word,
  CRIA_CACHE_STORAGES(CRIA_STORAGE)
#undef CRIA_STORAGE
};

/// Rounds rows of keys or values, which have errors of f32, to what a cache of this storage holds.
/// Rows of `q8_0` are whole blocks.
void roundTo(Cache cache, std::span<double> rows, const Errors &errors);

} // namespace cria::verify
