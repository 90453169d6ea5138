//===- Block.cpp - A block of sums in registers ---------------------------===//
#include "passes/cpu/products/Block.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;

namespace cria {

void Block::lower(ProductBuilder &b) const {
  SmallVector<SmallVector<Value>> places; // of each vector of sums
  Sums sums;
  for (int64_t i = 0; i < rows; ++i) {
    SmallVector<Value> ofRow = b.rowIndices(b.add(row, i));
    for (int64_t v = 0; v < vectors; ++v) {
      places.push_back(ofRow);
      places.back().push_back(b.add(column, v * lanes));
      sums.push_back(b.read(b.product.out, places.back(), lanes, presentOf(b, v)));
    }
  }
  sums = b.sum(b.index(0), steps, 1, sums, add);
  for (auto [i, sum] : llvm::enumerate(sums))
    b.write(sum, b.product.out, places[i], presentOf(b, int64_t(i) % vectors));
}

Block::Sums addWords(ProductBuilder &b, int64_t rows, int64_t vectors, ValueRange sums,
                     function_ref<Value(int64_t)> lhs, function_ref<Value(int64_t)> rhs) {
  Block::Sums right, next;
  for (int64_t v = 0; v < vectors; ++v)
    right.push_back(rhs(v));
  for (int64_t i = 0; i < rows; ++i) {
    Value left = vector::BroadcastOp::create(b, b.vector(b.plan.lanes), lhs(i));
    for (int64_t v = 0; v < vectors; ++v)
      next.push_back(
          b.plan.unit->multiply(b, sums[size_t(i * vectors + v)], left, right[size_t(v)]));
  }
  return next;
}

void overColumns(ProductBuilder &b, Value extent, int64_t vectors,
                 function_ref<void(Value, int64_t, int64_t)> body) {
  int64_t lanes = b.plan.lanes;
  Value done = b.index(0);
  for (int64_t count : {vectors, int64_t(1)}) {
    int64_t size = count * lanes;
    Value whole = b.add(done, b.mul(b.div(b.sub(extent, done), size), size));
    if (getConstantIntValue(b.sub(whole, done)) != 0)
      b.loop(done, whole, size, [&](Value column) { body(column, count, lanes); });
    done = whole;
  }
  if (getConstantIntValue(b.sub(extent, done)) != 0)
    b.loop(done, extent, lanes, [&](Value column) { body(column, 1, b.lastOf(extent, lanes)); });
}

} // namespace cria
