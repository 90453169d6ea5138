//===- Product.h - A product of matrices on buffers -------------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "passes/blocks/formats/BlockReader.h"

namespace cria {

/// out[row, n] += Σ_k lhs[row, k] · rhs[n, k], or rhs[k, n] if `columns`. A row of lhs and of out
/// may have several indices, such as token and head; rows are counted through all of them.
struct Product {
  mlir::linalg::GenericOp op;
  mlir::Value lhs, rhs, out;
  bool columns = false;

  /// None if `op` is anything else.
  static std::optional<Product> of(mlir::linalg::GenericOp op);

  mlir::Type element() const { return mlir::getElementTypeOrSelf(rhs.getType()); }
  bool ofBlocks() const { return isBlock(element()); }
  /// Whether rows of rhs are stored together.
  bool packed() const { return rowsTogether(element()) > 1; }
  /// Whether lhs is activations that were rounded to 8 bits.
  bool rounded() const { return isBlock(mlir::getElementTypeOrSelf(lhs.getType())); }
};

/// How a product is computed: fields of the schedule, with what the target suggests where the
/// schedule leaves them open.
struct Plan {
  const FloatUnit *unit = nullptr;
  const IntegerUnit *integers = nullptr; ///< in place of `unit`, or null
  const TileUnit *tiles = nullptr;       ///< of many rows, in place of `unit`, or null
  int64_t tileRows = 0, tileColumns = 0; ///< sums in tiles
  int64_t lanes = 0;                     ///< words per vector register
  int64_t rows = 0, columns = 0;         ///< sums in registers: rows × vectors
  int64_t depth = 0;                     ///< elements of the reduction per cut
  int64_t panelBytes = 0;                ///< that copied rows of rhs may take
  int64_t widenedBytes = 0;              ///< that widened rows of columns may take
  int64_t streams = 1;                   ///< rows of rhs that are read at the same time
  int64_t prefetch = 0;                  ///< bytes ahead; 0: none

  static Plan of(const Product &product);

  /// Elements of the reduction in a vector register of words.
  int64_t step() const { return lanes * unit->depth(); }
  /// Elements that rows are read by: a vector register, or a group of a block.
  int64_t lhsStep = 0, rhsStep = 0;
};

/// Builds loops on the buffers of a product.
class ProductBuilder : public mlir::ImplicitLocOpBuilder {
public:
  ProductBuilder(mlir::OpBuilder &b, const Product &product, const Plan &plan);

  const Product &product;
  const Plan &plan;
  mlir::Value rowCount, outputCount, depth; ///< sizes, as indices; constants if they are static

  mlir::Value index(int64_t value);
  mlir::Value add(mlir::Value x, mlir::Value y);
  mlir::Value add(mlir::Value x, int64_t y) { return y ? add(x, index(y)) : x; }
  mlir::Value sub(mlir::Value x, mlir::Value y);
  mlir::Value mul(mlir::Value x, int64_t y);
  mlir::Value min(mlir::Value x, mlir::Value y);
  /// x / y, rounded down or up.
  mlir::Value div(mlir::Value x, int64_t y);
  mlir::Value divUp(mlir::Value x, int64_t y);

  /// The indices of row number `row` of lhs and out.
  llvm::SmallVector<mlir::Value> rowIndices(mlir::Value row);
  mlir::VectorType vector(int64_t size) { return vector(size, getF32Type()); }
  mlir::VectorType vector(int64_t size, mlir::Type element) {
    return mlir::VectorType::get({size}, element);
  }
  /// `size` elements along the last dimension, of which only the first `present` exist; the others
  /// are read as zeros. Masks are for unknown numbers only: LLVM takes masked reads of 16-bit
  /// elements apart.
  mlir::Value read(mlir::Value from, mlir::ValueRange at, int64_t size, int64_t present);
  mlir::Value read(mlir::Value from, mlir::ValueRange at, int64_t size) {
    return read(from, at, size, size);
  }
  void write(mlir::Value what, mlir::Value to, mlir::ValueRange at, int64_t present);
  void write(mlir::Value what, mlir::Value to, mlir::ValueRange at);
  /// `plan.rhsStep` elements of a row of rhs from `k` on, of which `present` exist, as words: one
  /// vector register or several. `plan.lhsStep` of a row of lhs.
  llvm::SmallVector<mlir::Value> readRhs(mlir::Value row, mlir::Value k, int64_t present);
  llvm::SmallVector<mlir::Value> readLhs(llvm::ArrayRef<mlir::Value> row, mlir::Value k,
                                         int64_t present);
  /// A group of blocks as it is stored, or of packed rows, of which `row` counts eights.
  GroupAt rhsGroup(mlir::Value row, mlir::Value k);
  Integers rhsIntegers(mlir::Value row, mlir::Value k);
  /// All groups of the blocks that begin at `k`, of eight packed rows.
  llvm::SmallVector<Integers> packedBlocks(mlir::Value eight, mlir::Value k);
  /// The scales of the block that begins at `k`, if they are read together.
  std::optional<BlockScales> rhsScales(mlir::Value row, mlir::Value k);
  GroupAt lhsGroup(llvm::ArrayRef<mlir::Value> row, mlir::Value k);
  mlir::Value slice(mlir::Value vector, int64_t from, int64_t size);
  static constexpr int64_t lineBytes = 64; ///< of every CPU that is described
  /// Asks for the memory that is `plan.prefetch` bytes behind `elements` elements of a row of rhs.
  void prefetchRhs(mlir::Value row, mlir::Value k, int64_t elements);
  /// Elements of the last, partial vector of `size` along `extent`.
  static int64_t lastOf(mlir::Value extent, int64_t size);
  static constexpr int64_t unknown = -1;
  mlir::Value scratch(llvm::ArrayRef<int64_t> shape);

  using Each = llvm::function_ref<void(mlir::Value)>;
  void loop(mlir::Value begin, mlir::Value end, int64_t step, Each body);
  /// A loop that carries vectors.
  llvm::SmallVector<mlir::Value>
  sum(mlir::Value begin, mlir::Value end, int64_t step, mlir::ValueRange first,
      llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value, mlir::ValueRange)> body);
  /// Calls `body` with the beginning and the static size of parts of `first` … `first` + `count` -
  /// 1: one if `count` is static, else powers of two, largest first. `count` is at most `most`.
  void pieces(mlir::Value first, mlir::Value count, int64_t most,
              llvm::function_ref<void(mlir::Value first, int64_t count)> body);
  /// Blocks of `size` from 0 to `extent`, then what is left.
  void blocks(mlir::Value extent, int64_t size,
              llvm::function_ref<void(mlir::Value first, int64_t count)> body);

private:
  llvm::SmallVector<mlir::Value> wordsOf(mlir::Value group);

  mlir::Value lhsBytes, rhsBytes; ///< of blocks, else null
};

/// Products with few rows of lhs: rows of rhs are read once, in order.
void lowerFewRows(ProductBuilder &b, mlir::Value first, int64_t rows);
/// The same where rows of rhs are packed.
void lowerFewPackedRows(ProductBuilder &b, mlir::Value first, int64_t rows);
/// Products with many: rows of rhs are copied to panels, which all rows of lhs use.
void lowerManyRows(ProductBuilder &b);
/// Products with columns.
void lowerColumns(ProductBuilder &b);

} // namespace cria
