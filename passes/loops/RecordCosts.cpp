//===- RecordCosts.cpp - Bytes and operations as attributes ---------------===//
#include "passes/Passes.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_RECORDCOSTSPASS
#include "passes/Passes.h.inc"

namespace {

struct RecordCosts : impl::RecordCostsPassBase<RecordCosts> {
  void runOnOperation() override {
    getOperation()->walk([](KernelOp kernel) {
      auto costs = [&](int64_t context, int64_t tokens) {
        return kernel.getCost({context, tokens});
      };
      // Costs are linear in the four terms of an amount, so four steps tell them all.
      Cost steps[] = {costs(0, 1), costs(1, 1), costs(0, 2), costs(1, 2)};
      auto record = [&](StringRef name, auto figure) {
        int64_t one = figure(steps[0]), oneRow = figure(steps[1]) - one;
        int64_t two = figure(steps[2]), twoRows = figure(steps[3]) - two;
        int64_t perPair = twoRows - oneRow, perRow = oneRow - perPair;
        // A fixed number of tokens sees one row for itself, as one token does.
        bool fixed = one == two && oneRow == twoRows;
        int64_t perToken = fixed ? 0 : two - one - perRow - 2 * perPair;
        int64_t rest = one - perToken - perRow - perPair;
        kernel->setAttr(
            name,
            Builder(kernel.getContext()).getDenseI64ArrayAttr({rest, perToken, perRow, perPair}));
      };
      record("cria.bytes", [](const Cost &cost) { return cost.bytes(); });
      record("cria.flops", [](const Cost &cost) { return cost.flops; });
    });
  }
};

} // namespace
} // namespace cria
