//===- FloatPanels.cpp - Panels of f32 words ------------------------------===//
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "passes/cpu/products/Panels.h"

using namespace mlir;

namespace cria {
namespace {

class FloatPanels : public Panels {
public:
  explicit FloatPanels(ProductBuilder &b)
      : Panels(b, b.plan.lanes, b.plan.unit->depth(), b.plan.depth), words(cut / step) {}

  int64_t bytes() const override { return 4 * words * width; }

  void allocate(int64_t count) override {
    panels = b.scratch({count, words, width});
    lhs = b.scratch({b.plan.rows, words});
  }

  void copyRhs(Value panelCount, Value first, Value from, Value count) override {
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

  void copyLhs(Value first, int64_t rows, Value from, Value count) override {
    SmallVector<SmallVector<Value>> sources;
    for (int64_t i = 0; i < rows; ++i)
      sources.push_back(b.rowIndices(b.add(first, i)));
    overDepth(b.plan.lhsStep, from, count, [&](Value k, Value word, int64_t present) {
      for (int64_t i = 0; i < rows; ++i)
        for (auto [at, found] : llvm::enumerate(b.readLhs(sources[size_t(i)], k, present)))
          b.write(found, lhs, {b.index(i), b.add(word, int64_t(at) * lanes)});
    });
  }

  Block::Sums add(Value panel, Value, int64_t rows, int64_t vectors, Value, Value at,
                  ValueRange sums) override {
    auto left = [&](int64_t i) -> Value {
      return memref::LoadOp::create(b, lhs, ValueRange{b.index(i), at});
    };
    auto right = [&](int64_t vector) {
      return b.read(panels, {panel, at, b.index(vector * lanes)}, lanes);
    };
    return addWords(b, rows, vectors, sums, left, right);
  }

private:
  /// Steps along the reduction, of which the last may be partial.
  void overDepth(int64_t size, Value from, Value count,
                 function_ref<void(Value k, Value word, int64_t present)> body) {
    auto visit = [&](Value i, int64_t present) { body(b.add(from, i), b.div(i, step), present); };
    Value whole = b.mul(b.div(count, size), size);
    if (getConstantIntValue(whole) != 0)
      b.loop(b.index(0), whole, size, [&](Value i) { visit(i, b.plan.step()); });
    // Cuts are whole steps, so a partial step is that at the end of the reduction.
    int64_t last = b.lastOf(b.depth, size);
    if (last && getConstantIntValue(b.sub(count, whole)) != 0)
      b.loop(whole, count, size, [&](Value i) { visit(i, last); });
  }

  int64_t words; ///< of a cut
  Value panels, lhs;
};

} // namespace

std::unique_ptr<Panels> floatPanels(ProductBuilder &b) { return std::make_unique<FloatPanels>(b); }

} // namespace cria
