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

/// Transposes a square of words; the number of rows is a power of two.
void transpose(ProductBuilder &b, MutableArrayRef<Value> rows) {
  auto lanes = int64_t(rows.size());
  if (lanes >= 4)
    transposeFours(b, rows);
  for (int64_t span = lanes >= 4 ? 4 : 1; span < lanes; span *= 2)
    swapBlocks(b, rows, span);
}

/// Steps along the reduction, of which the last may be partial.
void overDepth(ProductBuilder &b, int64_t step, Value from, Value count,
               function_ref<void(Value k, Value word, int64_t present)> body) {
  auto at = [&](Value i, int64_t present) {
    body(b.add(from, i), b.div(i, b.plan.unit->depth()), present);
  };
  Value whole = b.mul(b.div(count, step), step);
  if (getConstantIntValue(whole) != 0)
    b.loop(b.index(0), whole, step, [&](Value i) { at(i, b.plan.step()); });
  // Cuts are whole steps, so a partial step is that at the end of the reduction.
  int64_t last = b.lastOf(b.depth, step);
  if (last && getConstantIntValue(b.sub(count, whole)) != 0)
    b.loop(whole, count, step, [&](Value i) { at(i, last); });
}

} // namespace

void copyToPanels(ProductBuilder &b, Value panels, Value panelCount, Value first, Value from,
                  Value count) {
  int64_t lanes = b.plan.lanes;
  Value lastRow = b.sub(b.outputCount, b.index(1));
  b.loop(b.index(0), b.mul(panelCount, b.plan.columns), 1, [&](Value group) {
    Value panel = b.div(group, b.plan.columns);
    Value column = b.mul(arith::RemUIOp::create(b, group, b.index(b.plan.columns)), lanes);
    SmallVector<Value> sources;
    for (int64_t i = 0; i < lanes; ++i)
      sources.push_back(b.min(b.add(b.add(first, b.mul(group, lanes)), i), lastRow));
    overDepth(b, b.plan.rhsStep, from, count, [&](Value k, Value word, int64_t present) {
      SmallVector<SmallVector<Value>> squares(size_t(b.plan.rhsStep / b.plan.step()));
      for (Value source : sources)
        for (auto [square, row] : llvm::zip_equal(squares, b.readRhs(source, k, present)))
          square.push_back(row);
      for (auto [number, rows] : llvm::enumerate(squares)) {
        transpose(b, rows);
        for (auto [i, row] : llvm::enumerate(rows))
          b.write(row, panels, {panel, b.add(word, int64_t(number) * lanes + int64_t(i)), column});
      }
    });
  });
}

void copyLhs(ProductBuilder &b, Value to, Value first, int64_t rows, Value from, Value count) {
  SmallVector<SmallVector<Value>> sources;
  for (int64_t i = 0; i < rows; ++i)
    sources.push_back(b.rowIndices(b.add(first, i)));
  overDepth(b, b.plan.lhsStep, from, count, [&](Value k, Value word, int64_t present) {
    for (int64_t i = 0; i < rows; ++i)
      for (auto [at, words] : llvm::enumerate(b.readLhs(sources[size_t(i)], k, present)))
        b.write(words, to, {b.index(i), b.add(word, int64_t(at) * b.plan.lanes)});
  });
}

} // namespace cria
