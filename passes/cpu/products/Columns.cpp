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

} // namespace

/// A row of rhs is a vector of columns as it lies, so nothing is copied.
void lowerColumns(ProductBuilder &b) {
  auto [most, width] = blockOf(b);
  b.blocks(b.rowCount, most, [&](Value row, int64_t rows) {
    overColumns(b, b.outputCount, width, [&](Value column, int64_t vectors, int64_t present) {
      SmallVector<SmallVector<Value>> lhsRows;
      for (int64_t i = 0; i < rows; ++i)
        lhsRows.push_back(b.rowIndices(b.add(row, i)));
      auto add = [&](Value k, ValueRange sums) {
        auto lhs = [&](int64_t i) -> Value {
          SmallVector<Value> at = lhsRows[size_t(i)];
          at.push_back(k);
          return memref::LoadOp::create(b, b.product.lhs, at);
        };
        auto rhs = [&](int64_t vector) {
          Value at = b.add(column, vector * b.plan.lanes);
          return b.plan.unit->words(b, b.read(b.product.rhs, {k, at}, b.plan.lanes, present));
        };
        return addWords(b, rows, vectors, sums, lhs, rhs);
      };
      Block{row, column, rows, vectors, b.plan.lanes, present, b.depth, add}.lower(b);
    });
  });
}

} // namespace cria
