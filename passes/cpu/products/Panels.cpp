//===- Panels.cpp - Rows of rhs copied to where they are used -------------===//
#include "passes/cpu/products/Panels.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;

namespace cria {
namespace {

Value shuffle(ProductBuilder &b, Value x, Value y, function_ref<int64_t(int64_t)> lane) {
  int64_t lanes = cast<VectorType>(x.getType()).getNumElements();
  SmallVector<int64_t> mask;
  for (int64_t i = 0; i < lanes; ++i)
    mask.push_back(lane(i));
  return vector::ShuffleOp::create(b, x, y, mask);
}

/// Transposes the 2 x 2 matrices of `span` x `span` blocks in rows whose numbers differ in the bit
/// `span`.
void swapBlocks(ProductBuilder &b, MutableArrayRef<Value> rows, int64_t span) {
  auto lanes = int64_t(rows.size());
  for (int64_t i = 0; i < lanes; ++i)
    if (!(i & span)) {
      Value x = rows[size_t(i)], y = rows[size_t(i + span)];
      rows[size_t(i)] =
          shuffle(b, x, y, [&](int64_t j) { return j & span ? lanes + j - span : j; });
      rows[size_t(i + span)] =
          shuffle(b, x, y, [&](int64_t j) { return j & span ? lanes + j : j + span; });
    }
}

/// Transposes the 4 x 4 matrices of 128 bits, by instructions that x86 has for pairs of lanes.
void transposeFours(ProductBuilder &b, MutableArrayRef<Value> rows) {
  auto lanes = int64_t(rows.size());
  auto interleave = [&](Value x, Value y, int64_t from) { // lanes from and from + 1 of each four
    return shuffle(b, x, y,
                   [&](int64_t j) { return j / 4 * 4 + from + j % 4 / 2 + j % 2 * lanes; });
  };
  auto join = [&](Value x, Value y, int64_t from) {
    return shuffle(b, x, y,
                   [&](int64_t j) { return j / 4 * 4 + from + j % 2 + j % 4 / 2 * lanes; });
  };
  for (size_t i = 0; i < rows.size(); i += 4) {
    Value low = interleave(rows[i], rows[i + 1], 0), high = interleave(rows[i], rows[i + 1], 2);
    Value low2 = interleave(rows[i + 2], rows[i + 3], 0);
    Value high2 = interleave(rows[i + 2], rows[i + 3], 2);
    rows[i] = join(low, low2, 0);
    rows[i + 1] = join(low, low2, 2);
    rows[i + 2] = join(high, high2, 0);
    rows[i + 3] = join(high, high2, 2);
  }
}

int64_t cutOf(ProductBuilder &b, int64_t depth) {
  int64_t all = *getConstantIntValue(b.depth), cuts = llvm::divideCeil(all, depth);
  int64_t step = b.product.packed() ? storageOf(b.product.element())->elements : b.plan.rhsStep;
  return int64_t(llvm::alignTo(llvm::divideCeil(all, cuts), step));
}

} // namespace

void transpose(ProductBuilder &b, MutableArrayRef<Value> rows) {
  auto lanes = int64_t(rows.size());
  if (lanes >= 4)
    transposeFours(b, rows);
  for (int64_t span = lanes >= 4 ? 4 : 1; span < lanes; span *= 2)
    swapBlocks(b, rows, span);
}

Panels::Panels(ProductBuilder &b, int64_t lanes, int64_t vectors, int64_t step, int64_t depth)
    : lanes(lanes), width(vectors * lanes), step(step), cut(cutOf(b, depth)), b(b) {}

void Panels::overRows(function_ref<void(Value, int64_t)> body) {
  b.blocks(b.rowCount, b.plan.rows, body);
}

void Panels::overVectors(Value panelCount, Value first,
                         function_ref<void(Value, Value, ArrayRef<Value>)> body) {
  int64_t vectors = width / lanes;
  Value lastRow = b.sub(b.outputCount, b.index(1));
  b.loop(b.index(0), b.mul(panelCount, vectors), 1, [&](Value vector) {
    Value panel = b.div(vector, vectors);
    Value column = b.mul(arith::RemUIOp::create(b, vector, b.index(vectors)), lanes);
    SmallVector<Value> sources;
    for (int64_t i = 0; i < lanes; ++i)
      sources.push_back(b.min(b.add(b.add(first, b.mul(vector, lanes)), i), lastRow));
    body(panel, column, sources);
  });
}

void Panels::writeTransposed(MutableArrayRef<Value> rows, Value to, Value panel, Value word,
                             Value column) {
  transpose(b, rows);
  for (auto [i, row] : llvm::enumerate(rows))
    b.write(row, to, {panel, b.add(word, int64_t(i)), column});
}

} // namespace cria
