//===- Columns.cpp - Products of rows with columns ------------------------===//
#include "passes/cpu/products/Block.h"

using namespace mlir;

namespace cria {

/// A row of rhs is a vector of columns as it lies, so nothing is copied.
void lowerColumns(ProductBuilder &b) {
  b.blocks(b.rowCount, b.plan.rows, [&](Value row, int64_t rows) {
    overColumns(
        b, b.outputCount, b.plan.columns, [&](Value column, int64_t vectors, int64_t present) {
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
