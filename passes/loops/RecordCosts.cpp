//===- RecordCosts.cpp - Bytes and operations as attributes ---------------===//
#include "passes/Passes.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_RECORDCOSTSPASS
#include "passes/Passes.h.inc"

namespace {

/// The terms of cria_amount (cria/runtime/abi.h), of which `amount` is the sum: solved for from
/// four steps.
SmallVector<int64_t> terms(function_ref<int64_t(Step)> amount) {
  int64_t first = amount({/*context=*/0, /*tokens=*/1});
  int64_t ofContext = amount({1, 1}) - first; // per_row + per_pair
  int64_t second = amount({0, 2});
  int64_t perPair = amount({1, 2}) - second - ofContext, perRow = ofContext - perPair;
  // The tokens of some entry points are fixed; then only the context counts.
  int64_t perToken = second == first ? 0 : second - first - perRow - 2 * perPair;
  return {first - perToken - perRow - perPair, perToken, perRow, perPair};
}

struct RecordCosts : impl::RecordCostsPassBase<RecordCosts> {
  void runOnOperation() override {
    getOperation()->walk([](KernelOp kernel) {
      Builder b(kernel.getContext());
      auto bytes = [&](Step step) { return kernel.getCost(step).bytes(); };
      auto flops = [&](Step step) { return kernel.getCost(step).flops; };
      kernel->setAttr("cria.bytes", b.getDenseI64ArrayAttr(terms(bytes)));
      kernel->setAttr("cria.flops", b.getDenseI64ArrayAttr(terms(flops)));
    });
  }
};

} // namespace
} // namespace cria
