//===- dtype.hpp - Storage types --------------------------------*- C++ -*-===//
#pragma once
#include "cria/spec/count.hpp"
#include "cria/storages.h"

namespace cria::spec {

/// Storage type of weights and caches. Arithmetic is always f32.
enum class DType : std::int64_t {
#define CRIA_STORAGE(NAME, word, id, ...) word = id,
  CRIA_STORAGES(CRIA_STORAGE)
#undef CRIA_STORAGE
};
using dtype = DType;
using enum DType;

/// Neighbours in a row that are stored together, and the bytes that they take.
struct storage_block {
  std::int64_t elements, bytes;
};
constexpr storage_block block_of(DType type) {
#define CRIA_STORAGE(NAME, word, id, safetensors, gguf, elements, bytes)                           \
  if (type == DType::word)                                                                         \
    return {elements, bytes};
  CRIA_STORAGES(CRIA_STORAGE)
#undef CRIA_STORAGE
  return {};
}

/// Whether each element is stored by itself. Vectors have no other storage.
constexpr bool is_float(DType type) { return block_of(type).elements == 1; }

/// Whether keys and values can be stored so.
constexpr bool is_cache(DType type) {
#define CRIA_STORAGE(NAME, word, ...) || type == DType::word
  return false CRIA_CACHE_STORAGES(CRIA_STORAGE);
#undef CRIA_STORAGE
}

/// How vectors are stored beside matrices of `type`.
constexpr DType vector_storage(DType type) { return is_float(type) ? type : DType::f32; }

/// Bytes of `elements` elements, a multiple of those of a block.
constexpr count bytes_of(DType type, count elements) {
  storage_block block = block_of(type);
  return count(elements.value / block.elements, elements.fits) * block.bytes;
}

constexpr const char *name_of(DType type) {
  switch (type) {
#define CRIA_STORAGE(NAME, word, ...)                                                              \
  case DType::word:                                                                                \
    return #word;
    CRIA_STORAGES(CRIA_STORAGE)
#undef CRIA_STORAGE
  }
  return "";
}

} // namespace cria::spec
