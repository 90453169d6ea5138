//===- BlockReader.h - Code that reads blocks ------------------*- C++ -*-===//
//
// One file a storage builds the code that reads a group of neighbours at a time: integers, scales
// and minima, of the values that lib/storage defines. A block is one group or several.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "passes/cpu/units/Unit.h"

namespace cria {

/// All lanes of `parts`, a power of two of them, one part after the other.
mlir::Value concatenate(mlir::ImplicitLocOpBuilder &b, mlir::ArrayRef<mlir::Value> parts);

/// A group in a row of bytes, or one in each of the eight rows of a row of packed bytes: then a
/// field is a vector of eight, one of each row, and bytes are words of four, the first words of all
/// rows, then their second ones, and so on.
struct GroupAt {
  mlir::ImplicitLocOpBuilder &b;
  mlir::Value bytes, row; ///< a memref of bytes, and an index unless it is a row itself
  mlir::Value block;      ///< the first byte of the block, or of the blocks of packed rows
  mlir::Value group;      ///< its number within the block; of packed rows, a constant
  const storage::Storage *packed = nullptr; ///< that of packed rows

  mlir::Value index(int64_t value) const;
  /// Of a byte of the block.
  llvm::SmallVector<mlir::Value> place(mlir::Value offset) const;
  mlir::Value add(mlir::Value x, mlir::Value y) const;
  /// The byte `offset` of the block.
  mlir::Value byte(mlir::Value offset) const;
  mlir::Value bytesFrom(mlir::Value offset, int64_t count) const;
  mlir::Value bytesFrom(int64_t offset, int64_t count) const {
    return bytesFrom(index(offset), count);
  }
  /// `count` bytes that are fields by themselves: of packed rows, the first of all rows first.
  mlir::Value fieldsFrom(int64_t offset, int64_t count) const;
  /// A field of f16, widened, and ones of f32 and i32.
  mlir::Value f16(int64_t offset) const;
  mlir::Value f32(int64_t offset) const { return word(offset, b.getF32Type()); }
  mlir::Value i32(int64_t offset) const { return word(offset, b.getI32Type()); }
  mlir::Value constant(mlir::Value like, int64_t value) const {
    return constantLike(b, like, value);
  }
  /// `count` bits of each byte, from bit `shift` on, which is a byte or a vector of bytes.
  mlir::Value bits(mlir::Value from, mlir::Value shift, int64_t count) const;
  mlir::Value bits(mlir::Value from, int64_t shift, int64_t count) const {
    return bits(from, constant(from, shift), count);
  }
  /// A byte in each lane of a vector like `like`.
  mlir::Value spread(mlir::Value byte, mlir::Value like) const;
  /// A number of the group as a byte.
  mlir::Value toByte(mlir::Value number) const;
  /// Signed or unsigned integers as f32.
  mlir::Value toFloat(mlir::Value integers, bool isSigned) const;
  mlir::Value join(mlir::Value low, mlir::Value high) const;
  /// The bytes of `table` at `places`, a vector of bytes.
  mlir::Value lookUp(llvm::ArrayRef<int8_t> table, mlir::Value places) const;
  /// 32 elements of 4 bits in 16 bytes: the lower halves, then the upper ones.
  mlir::Value halves(int64_t offset) const;
  /// A scale in each lane.
  mlir::Value spreadFloat(mlir::Value scale, int64_t lanes) const;
  /// A field as often as there are `count` fields like it.
  mlir::Value repeat(mlir::Value field, int64_t count) const;

private:
  mlir::Value word(int64_t offset, mlir::Type type) const;
  mlir::Value bytesAt(mlir::Value place, int64_t count) const;
  mlir::Value gather(mlir::Value vector, llvm::ArrayRef<int64_t> lanes) const {
    return mlir::vector::ShuffleOp::create(b, vector, vector, lanes);
  }
};

/// A group before it is widened: an element is scale · q - minimum.
struct Integers {
  mlir::Value quants;                       ///< vector<32xi8>, or of packed rows eight times that
  llvm::SmallVector<mlir::Value, 2> scales; ///< f32, of equal parts of the group
  mlir::Value minimum;                      ///< f32, or null for 0
};

/// The scales and minima of all groups of a block, one after the other, as vectors of f32. Of
/// packed rows, eight for one.
struct BlockScales {
  mlir::Value scales; ///< for each group as many as Integers has
  mlir::Value minima; ///< one for each group, or null for 0
};

class BlockReader {
public:
  /// Elements that are read at a time.
  static constexpr int64_t group = 32;

  virtual ~BlockReader() = default;
  /// Of the integers.
  virtual Range range() const = 0;
  /// Equal parts of a group that have scales of their own, and whether groups have minima.
  virtual int64_t parts() const { return 1; }
  virtual bool hasMinima() const { return false; }
  virtual Integers read(const GroupAt &at) const = 0;
  /// Those of the whole block of `at`, where that takes less than reading them group by group.
  virtual std::optional<BlockScales> readScales(const GroupAt &) const { return std::nullopt; }
};

/// Of the storage of `element`, which is a block.
const BlockReader &readerOf(mlir::Type element);
/// Elements k … k + 31 of a row of `bytes`, widened: vector<32xf32>. `k` is a multiple of a group.
mlir::Value readGroup(mlir::ImplicitLocOpBuilder &b, mlir::Type element, mlir::Value bytes,
                      mlir::Value row, mlir::Value k);
/// The same place as a group. Where `element` is packed, `row` counts rows that are stored
/// together.
GroupAt groupAt(mlir::ImplicitLocOpBuilder &b, mlir::Type element, mlir::Value bytes,
                mlir::Value row, mlir::Value k);
/// The byte of a row in which the block of element `k` begins, or that of packed rows.
mlir::Value blockOf(mlir::ImplicitLocOpBuilder &b, mlir::Type element, mlir::Value k);

/// The bytes that a buffer of blocks is a cast of, after `cria-lower-blocks`.
mlir::Value bytesUnder(mlir::Value blocks);

/// One for each storage in blocks, and that of rounded activations.
#define CRIA_STORAGE(NAME, word, ...) extern const BlockReader &word##Reader;
CRIA_BLOCK_STORAGES(CRIA_STORAGE)
#undef CRIA_STORAGE
extern const BlockReader &q8Reader;

} // namespace cria
