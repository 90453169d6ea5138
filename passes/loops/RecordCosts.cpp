//===- RecordCosts.cpp - Bytes and operations as attributes ---------------===//
#include "passes/Passes.h"
#include "report/Amount.h"
#include "report/StepCost.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_RECORDCOSTSPASS
#include "passes/Passes.h.inc"

namespace {

/// The terms of a cria_amount, which has none for pairs of tokens: right for one and two tokens.
SmallVector<int64_t> fourTerms(function_ref<int64_t(Step)> of) {
  auto [fixed, perToken, perRow, perPair, perSquare] = report::amountOf(of);
  return {fixed - 2 * perSquare, perToken + 3 * perSquare, perRow, perPair};
}

struct RecordCosts : impl::RecordCostsPassBase<RecordCosts> {
  void runOnOperation() override {
    getOperation()->walk([](KernelOp kernel) {
      Builder b(kernel.getContext());
      auto bytes = [&](Step step) { return kernel.getCost(step).bytes(); };
      auto flops = [&](Step step) { return kernel.getCost(step).flops; };
      kernel->setAttr("cria.calls", b.getI64IntegerAttr(report::timesRun(kernel)));
      kernel->setAttr("cria.bytes", b.getDenseI64ArrayAttr(fourTerms(bytes)));
      kernel->setAttr("cria.flops", b.getDenseI64ArrayAttr(fourTerms(flops)));
    });
  }
};

} // namespace
} // namespace cria
