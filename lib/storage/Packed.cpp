//===- Packed.cpp - Rows of blocks that are stored together ---------------===//
#include "storage/Packed.h"
#include <algorithm>
#include <cstring>
#include <vector>

namespace cria::storage {
namespace {

constexpr std::int64_t wordBytes = 4;

/// Calls `body` for the pieces of all blocks of a row: with the place in the row, that in the
/// packed rows, and the size.
template <class Body>
void overPieces(const Storage &storage, std::int64_t width, std::int64_t row, Body body) {
  for (std::int64_t block = 0; block < storage.bytesOf(width); block += storage.bytes)
    for (std::int64_t at = 0; at < storage.bytes;) {
      Piece piece = pieceOf(storage, at);
      body(block + at, (block + piece.before) * packedRows + row * piece.bytes,
           static_cast<std::size_t>(piece.bytes));
      at += piece.bytes;
    }
}

} // namespace

Piece pieceOf(const Storage &storage, std::int64_t offset) {
  const Field whole{0, storage.bytes};
  std::span<const Field> fields = storage.codec.fields;
  if (fields.empty())
    fields = {&whole, 1};
  std::int64_t before = 0;
  for (auto [first, bytes] : fields) {
    if (offset >= first && offset < first + bytes) {
      std::int64_t word = (offset - first) / wordBytes * wordBytes;
      return {first + word, std::min(wordBytes, bytes - word), before + word};
    }
    before += bytes;
  }
  return {offset, 1, before}; // there is no such byte
}

void packRows(const Storage &storage, std::int64_t width, std::span<const std::byte> rows,
              std::byte *packed) {
  for (std::int64_t row = 0; row < packedRows; ++row) {
    const std::byte *from = &rows[static_cast<std::size_t>(row * storage.bytesOf(width))];
    overPieces(storage, width, row, [&](std::int64_t in, std::int64_t to, std::size_t bytes) {
      std::memcpy(packed + to, from + in, bytes);
    });
  }
}

void decodePackedRow(const Storage &storage, const std::byte *matrix, std::int64_t row,
                     std::span<float> values) {
  auto width = static_cast<std::int64_t>(values.size()), size = storage.bytesOf(width);
  std::vector<std::byte> blocks(static_cast<std::size_t>(size));
  std::int64_t inGroup = row % packedRows;
  const std::byte *packed = matrix + (row - inGroup) * size;
  overPieces(storage, width, inGroup, [&](std::int64_t to, std::int64_t in, std::size_t bytes) {
    std::memcpy(&blocks[static_cast<std::size_t>(to)], packed + in, bytes);
  });
  storage.codec.decode(blocks.data(), values);
}

} // namespace cria::storage
