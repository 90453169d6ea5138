//===- Packed.h - Rows of blocks that are stored together -------*- C++ -*-===//
//
// Matrices of blocks can be packed: eight rows are stored together, so that a vector register holds
// the same words of all of them, and an output of a product stays in its lane. Where the blocks of
// a row-major matrix follow one another, packed ones follow in the same order, eight at a time, one
// of each row. Within are the fields that the storage names, in that order: the first four bytes of
// it of each row, then the next, and so on. A field of fewer bytes is one piece.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "storage/Storage.h"

namespace cria::storage {

/// Rows that are stored together.
inline constexpr std::int64_t packedRows = 8;

/// What is added to the number of a storage in GGUF files for a packed tensor. Other programs know
/// no such number and refuse it.
inline constexpr std::int64_t packedGguf = packedRows << 16;
/// The end of the name of such a storage.
inline constexpr std::string_view packedSuffix = "x8";

/// A part of a block that lies together in packed rows.
struct Piece {
  std::int64_t first, bytes;
  /// Bytes of the block in pieces before it.
  std::int64_t before;
};
/// The one that byte `offset` of a block is in.
Piece pieceOf(const Storage &storage, std::int64_t offset);

/// Packs `packedRows` rows of `width` elements each, in whole blocks, that follow each other.
void packRows(const Storage &storage, std::int64_t width, std::span<const std::byte> rows,
              std::byte *packed);
/// The values of row `row` of a matrix that is packed.
void decodePackedRow(const Storage &storage, const std::byte *matrix, std::int64_t row,
                     std::span<float> values);

} // namespace cria::storage
