//===- ManyRows.cpp - Products with many rows of lhs ----------------------===//
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "passes/cpu/products/Panels.h"

using namespace mlir;

namespace cria {
namespace {

/// The scheme of Goto and van de Geijn (2008), with the roles of the operands exchanged: rows of
/// rhs are copied to panels that stay in the second-level cache, and each block of rows of lhs to
/// where it stays in the first; sums are kept in registers, and between cuts of the depth in out.
class ManyRows {
public:
  ManyRows(ProductBuilder &b, Panels &panels)
      : b(b), panels(panels), lanes(panels.lanes), width(panels.width) {
    capacity = std::max<int64_t>(1, b.plan.panelBytes / panels.bytes());
    if (std::optional<int64_t> outputs = getConstantIntValue(b.outputCount))
      capacity = std::min<int64_t>(capacity, llvm::divideCeil(*outputs, width));
    panels.allocate(capacity);
  }

  void lower() {
    overCuts([&](Value from, Value count) {
      b.loop(b.index(0), b.divUp(b.outputCount, width), capacity, [&](Value panel) {
        Value left = b.sub(b.divUp(b.outputCount, width), panel);
        Value panelCount = b.min(left, b.index(capacity)), first = b.mul(panel, width);
        panels.copyRhs(panelCount, first, from, count);
        panels.overRows([&](Value row, int64_t rows) {
          panels.copyLhs(row, rows, from, count);
          multiply(row, rows, first, panelCount, from, count);
        });
      });
    });
  }

private:
  void overCuts(function_ref<void(Value from, Value count)> body) {
    int64_t depth = *getConstantIntValue(b.depth), cut = panels.cut;
    if (depth <= cut)
      return body(b.index(0), b.index(depth));
    b.loop(b.index(0), b.index(depth), cut, [&](Value from) {
      bool even = depth % cut == 0;
      body(from, even ? b.index(cut) : b.min(b.index(cut), b.sub(b.depth, from)));
    });
  }

  /// `rows` rows of lhs with all panels.
  void multiply(Value row, int64_t rows, Value first, Value panelCount, Value from, Value count) {
    auto block = [&](Value panel, int64_t vectors, int64_t present) {
      Value column = b.add(first, b.mul(panel, width)), steps = b.divUp(count, panels.step);
      panels.multiply(panel, from, {row, column, rows, vectors, lanes, present, steps, nullptr});
    };
    int64_t last = b.lastOf(b.outputCount, width);
    Value whole = panelCount;
    if (last)
      whole = b.min(panelCount, b.div(b.sub(b.outputCount, first), width));
    b.loop(b.index(0), whole, 1, [&](Value panel) { block(panel, width / lanes, lanes); });
    if (last)
      b.loop(whole, panelCount, 1, [&](Value panel) { lastPanel(panel, last, block); });
  }

  /// A panel of which only `present` outputs exist: full vectors, and a part of one.
  void lastPanel(Value panel, int64_t present,
                 function_ref<void(Value, int64_t vectors, int64_t present)> block) {
    if (present == ProductBuilder::unknown)
      return block(panel, width / lanes, present);
    if (present % lanes == 0)
      return block(panel, present / lanes, lanes);
    block(panel, present / lanes + 1, present % lanes);
  }

  ProductBuilder &b;
  Panels &panels;
  int64_t lanes, width;
  int64_t capacity; ///< panels that are copied at a time
};

std::unique_ptr<Panels> panelsOf(ProductBuilder &b) {
  if (b.plan.integers)
    return integerPanels(b);
  return b.plan.tiles ? tilePanels(b) : floatPanels(b);
}

} // namespace

void lowerManyRows(ProductBuilder &b) { ManyRows(b, *panelsOf(b)).lower(); }

} // namespace cria
