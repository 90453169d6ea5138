//===- FloatPanels.cpp - Panels of f32 words, for sums in vectors ---------===//
#include "passes/cpu/products/WordPanels.h"

using namespace mlir;

namespace cria {
namespace {

class FloatPanels : public WordPanels {
public:
  explicit FloatPanels(ProductBuilder &b)
      : WordPanels(b, b.plan.columns, /*step=*/b.plan.unit->depth()) {}

  void allocate(int64_t count) override {
    allocatePanels(count);
    lhs = b.scratch({b.plan.rows, words});
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

  void multiply(Value panel, Value, Block block) override {
    auto add = [&](Value at, ValueRange sums) {
      auto left = [&](int64_t i) -> Value {
        return memref::LoadOp::create(b, lhs, ValueRange{b.index(i), at});
      };
      auto right = [&](int64_t vector) {
        return b.read(panels, {panel, at, b.index(vector * lanes)}, lanes);
      };
      return addWords(b, block.rows, block.vectors, sums, left, right);
    };
    block.add = add;
    block.lower(b);
  }

private:
  Value lhs;
};

} // namespace

std::unique_ptr<Panels> floatPanels(ProductBuilder &b) { return std::make_unique<FloatPanels>(b); }

} // namespace cria
