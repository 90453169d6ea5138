//===- WordPanels.cpp - Panels of f32 words -------------------------------===//
#include "passes/cpu/products/WordPanels.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;

namespace cria {

WordPanels::WordPanels(ProductBuilder &b, int64_t vectors, int64_t step)
    : Panels(b, b.plan.lanes, vectors, step, b.plan.depth), words(cut / b.plan.unit->depth()) {}

void WordPanels::copyRhs(Value panelCount, Value first, Value from, Value count) {
  overVectors(panelCount, first, [&](Value panel, Value column, ArrayRef<Value> sources) {
    overDepth(b.plan.rhsStep, from, count, [&](Value k, Value word, int64_t present) {
      SmallVector<SmallVector<Value>> squares(size_t(b.plan.rhsStep / b.plan.step()));
      for (Value source : sources)
        for (auto [square, row] : llvm::zip_equal(squares, b.readRhs(source, k, present)))
          square.push_back(row);
      for (auto [number, rows] : llvm::enumerate(squares))
        writeTransposed(rows, panels, panel, b.add(word, int64_t(number) * lanes), column);
    });
  });
}

void WordPanels::overDepth(int64_t size, Value from, Value count,
                           function_ref<void(Value, Value, int64_t)> body) {
  auto visit = [&](Value i, int64_t present) {
    body(b.add(from, i), b.div(i, b.plan.unit->depth()), present);
  };
  Value whole = b.mul(b.div(count, size), size);
  if (getConstantIntValue(whole) != 0)
    b.loop(b.index(0), whole, size, [&](Value i) { visit(i, b.plan.step()); });
  // Cuts are whole steps, so a partial step is that at the end of the reduction.
  int64_t last = b.lastOf(b.depth, size);
  if (last && getConstantIntValue(b.sub(count, whole)) != 0)
    b.loop(whole, count, size, [&](Value i) { visit(i, last); });
}

} // namespace cria
