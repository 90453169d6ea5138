//===- Columns.cpp - Products of rows with columns ------------------------===//
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "passes/cpu/products/Block.h"

using namespace mlir;

namespace cria {
namespace {

/// Rows × vectors of a block of sums. Few rows wait for memory, which is read fastest in order: a
/// row of rhs to its end, or in as few parts as there are registers for sums.
std::pair<int64_t, int64_t> blockOf(const ProductBuilder &b) {
  int64_t rows = b.plan.rows, vectors = b.plan.columns, registers = rows * vectors;
  std::optional<int64_t> all = getConstantIntValue(b.rowCount),
                         columns = getConstantIntValue(b.outputCount);
  if (!all || *all > rows || !columns || *columns == 0)
    return {rows, vectors};
  int64_t whole = llvm::divideCeil(*columns, b.plan.lanes);
  vectors = llvm::divideCeil(whole, llvm::divideCeil(whole, registers));
  return {registers / vectors, vectors};
}

/// A row of rhs is read once for each block of sums; each of these asks for a part of the row that
/// is `plan.prefetch` bytes behind.
class Ahead {
public:
  Ahead(ProductBuilder &b, int64_t rows, int64_t vectors)
      : b(b), rows(rows), columns(vectors * b.plan.lanes) {
    std::optional<int64_t> allRows = getConstantIntValue(b.rowCount),
                           allColumns = getConstantIntValue(b.outputCount);
    if (!b.plan.prefetch || !allRows || *allRows > b.plan.rows || !allColumns ||
        b.product.ofBlocks())
      return; // memory is not the limit, or rows were read before
    int64_t line = ProductBuilder::lineBytes / bytesOf(b.product.element(), 1);
    acrossRow = llvm::divideCeil(*allColumns, columns);
    part = llvm::alignTo(
        llvm::divideCeil(*allColumns, acrossRow * llvm::divideCeil(*allRows, rows)), line);
  }

  /// Asks for what the block of sums at `row` and `column` asks for.
  void prefetch(Value k, Value row, Value column) {
    if (!part)
      return;
    Value block = b.add(b.mul(b.div(row, rows), acrossRow), b.div(column, columns));
    b.prefetchRhs(k, b.mul(block, part), part);
  }

private:
  ProductBuilder &b;
  int64_t rows, columns; ///< of a block of sums
  int64_t acrossRow = 1; ///< blocks of sums across a row of rhs
  int64_t part = 0;      ///< elements; 0: none
};

/// Columns `from` … `from` + `count` - 1 of lhs with as many rows of `rhs`. A row is a vector of
/// columns as it lies, so nothing is copied.
void multiply(ProductBuilder &b, Value rhs, Value from, Value count) {
  auto [most, width] = blockOf(b);
  Ahead ahead(b, most, width);
  b.blocks(b.rowCount, most, [&](Value row, int64_t rows) {
    overColumns(b, b.outputCount, width, [&](Value column, int64_t vectors, int64_t present) {
      SmallVector<SmallVector<Value>> lhsRows;
      for (int64_t i = 0; i < rows; ++i)
        lhsRows.push_back(b.rowIndices(b.add(row, i)));
      auto add = [&](Value k, ValueRange sums) {
        ahead.prefetch(k, row, column);
        auto lhs = [&](int64_t i) -> Value {
          SmallVector<Value> at = lhsRows[size_t(i)];
          at.push_back(b.add(from, k));
          return memref::LoadOp::create(b, b.product.lhs, at);
        };
        auto words = [&](int64_t vector) {
          Value at = b.add(column, vector * b.plan.lanes);
          return b.plan.unit->words(b, b.read(rhs, {k, at}, b.plan.lanes, present));
        };
        return addWords(b, rows, vectors, sums, lhs, words);
      };
      Block{row, column, rows, vectors, b.plan.lanes, present, count, add}.lower(b);
    });
  });
}

/// Rows of blocks are widened, as many at a time as stay in the first-level cache: once, not for
/// each block of rows of lhs.
void multiplyBlocks(ProductBuilder &b) {
  int64_t width = cast<MemRefType>(b.product.rhs.getType()).getDimSize(1), f32Bytes = 4;
  int64_t most = std::max<int64_t>(1, b.plan.widenedBytes / (f32Bytes * width));
  if (std::optional<int64_t> depth = getConstantIntValue(b.depth))
    most = std::clamp<int64_t>(*depth, 1, most);
  Value widened = b.scratch({most, width});
  b.loop(b.index(0), b.depth, most, [&](Value from) {
    Value count = b.min(b.index(most), b.sub(b.depth, from));
    b.loop(b.index(0), count, 1, [&](Value row) {
      Value source = b.add(from, row);
      b.loop(b.index(0), b.outputCount, b.plan.rhsStep, [&](Value column) {
        b.prefetchRhs(source, column, b.plan.rhsStep);
        for (auto [i, words] : llvm::enumerate(b.readRhs(source, column, b.plan.step())))
          b.write(words, widened, {row, b.add(column, int64_t(i) * b.plan.lanes)});
      });
    });
    multiply(b, widened, from, count);
  });
}

} // namespace

void lowerColumns(ProductBuilder &b) {
  if (b.product.ofBlocks())
    multiplyBlocks(b);
  else
    multiply(b, b.product.rhs, b.index(0), b.depth);
}

} // namespace cria
