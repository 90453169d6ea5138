//===- Storage.h - Storages, for code that knows no MLIR --------*- C++ -*-===//
//
// The table of include/cria/storages.h with what each storage means: one file a storage says how
// the values of a block are read, and if it is known how they are written.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "cria/storages.h"
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace cria::storage {

/// Neighbouring bytes of a block.
struct Field {
  std::int64_t first, bytes;
};

struct Codec {
  /// The values of whole blocks, exactly: formats define them in f32.
  void (*decode)(const std::byte *blocks, std::span<float> values);
  /// Whole blocks as the format's reference makes them.
  void (*encode)(std::span<const float> values, std::byte *blocks);
  /// Writes one block that holds `values` exactly, if they are integers times `step` and the format
  /// has them; else the block stays as it is. Null for formats of other numbers.
  void (*encodeMultiples)(const float *values, float step, std::byte *block) = nullptr;
  /// All fields of a block, in the order in which packed rows have them (Packed.h): that in which
  /// code reads them. Empty: the block is one field.
  std::span<const Field> fields = {};
};

struct Storage {
  std::string_view name; ///< in GGUF files
  std::string_view word; ///< in specs, on command lines and in IR
  std::int64_t id;       ///< in compiled programs
  std::string_view safetensors;
  std::int64_t gguf;
  std::int64_t elements, bytes; ///< of a block
  const Codec &codec;

  bool isBlock() const { return elements > 1; }
  /// `count` is a multiple of `elements`.
  std::int64_t bytesOf(std::int64_t count) const { return count / elements * bytes; }
};

/// Blocks of activations that are rounded for products of integers; in no file, so not in the
/// table.
extern const Storage q8;

/// All of them; the index is the id.
std::span<const Storage> storages();
/// Of an id in the table.
const Storage &storageOf(std::int64_t id);
/// Null if there is none.
const Storage *findGguf(std::int64_t type);
const Storage *findSafetensors(std::string_view name);

#define CRIA_STORAGE(NAME, word, ...) extern const Codec word##Codec;
CRIA_STORAGES(CRIA_STORAGE)
#undef CRIA_STORAGE

} // namespace cria::storage
