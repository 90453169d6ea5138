//===- ManyRows.cpp - Products with many rows of lhs ----------------------===//
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "passes/cpu/products/Block.h"
#include "passes/cpu/products/Panels.h"

using namespace mlir;

namespace cria {
namespace {

/// The scheme of Goto and van de Geijn (2008), with the roles of the operands exchanged: rows of
/// rhs are copied to panels that stay in the second-level cache, and each block of rows of lhs to
/// where it stays in the first; sums are kept in registers, and between cuts of the depth in out.
class ManyRows {
public:
  explicit ManyRows(ProductBuilder &b)
      : b(b), unit(*b.plan.unit), width(b.plan.columns * b.plan.lanes) {
    int64_t cuts = llvm::divideCeil(*getConstantIntValue(b.depth), b.plan.depth);
    cut = int64_t(
        llvm::alignTo(llvm::divideCeil(*getConstantIntValue(b.depth), cuts), b.plan.rhsStep));
    int64_t words = cut / unit.depth();
    capacity = std::max<int64_t>(1, b.plan.panelBytes / (4 * words * width));
    if (std::optional<int64_t> outputs = getConstantIntValue(b.outputCount))
      capacity = std::min<int64_t>(capacity, llvm::divideCeil(*outputs, width));
    panels = b.scratch({capacity, words, width});
    lhs = b.scratch({b.plan.rows, words});
  }

  void lower() {
    overCuts([&](Value from, Value count) {
      b.loop(b.index(0), b.divUp(b.outputCount, width), capacity, [&](Value panel) {
        Value left = b.sub(b.divUp(b.outputCount, width), panel);
        Value panelCount = b.min(left, b.index(capacity)), first = b.mul(panel, width);
        copyToPanels(b, panels, panelCount, first, from, count);
        b.blocks(b.rowCount, b.plan.rows, [&](Value row, int64_t rows) {
          copyLhs(b, lhs, row, rows, from, count);
          multiply(row, rows, first, panelCount, b.divUp(count, unit.depth()));
        });
      });
    });
  }

private:
  void overCuts(function_ref<void(Value from, Value count)> body) {
    int64_t depth = *getConstantIntValue(b.depth);
    if (depth <= cut)
      return body(b.index(0), b.index(depth));
    b.loop(b.index(0), b.index(depth), cut, [&](Value from) {
      bool even = depth % cut == 0;
      body(from, even ? b.index(cut) : b.min(b.index(cut), b.sub(b.depth, from)));
    });
  }

  /// `rows` rows of lhs with all panels.
  void multiply(Value row, int64_t rows, Value first, Value panelCount, Value words) {
    auto block = [&](Value panel, int64_t vectors, int64_t present) {
      auto left = [&](int64_t i, Value k) -> Value {
        return memref::LoadOp::create(b, lhs, ValueRange{b.index(i), k});
      };
      auto right = [&](Value k, int64_t vector) {
        return b.read(panels, {panel, k, b.index(vector * b.plan.lanes)}, b.plan.lanes);
      };
      Value column = b.add(first, b.mul(panel, width));
      Block{row, column, rows, vectors, present, words, left, right}.lower(b);
    };
    int64_t lanes = b.plan.lanes, last = b.lastOf(b.outputCount, width);
    Value whole = panelCount;
    if (last)
      whole = b.min(panelCount, b.div(b.sub(b.outputCount, first), width));
    b.loop(b.index(0), whole, 1, [&](Value panel) { block(panel, b.plan.columns, lanes); });
    if (last)
      b.loop(whole, panelCount, 1, [&](Value panel) { lastPanel(panel, last, block); });
  }

  /// A panel of which only `present` outputs exist: full vectors, and a part of one.
  void lastPanel(Value panel, int64_t present,
                 function_ref<void(Value, int64_t vectors, int64_t present)> block) {
    int64_t lanes = b.plan.lanes;
    if (present == ProductBuilder::unknown)
      return block(panel, b.plan.columns, present);
    if (present % lanes == 0)
      return block(panel, present / lanes, lanes);
    block(panel, present / lanes + 1, present % lanes);
  }

  ProductBuilder &b;
  const FloatUnit &unit;
  int64_t width;    ///< outputs of a panel
  int64_t cut;      ///< elements of the reduction that are copied at a time
  int64_t capacity; ///< panels that are copied at a time
  Value panels, lhs;
};

} // namespace

void lowerManyRows(ProductBuilder &b) { ManyRows(b).lower(); }

} // namespace cria
