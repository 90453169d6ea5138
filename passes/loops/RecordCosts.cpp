//===- RecordCosts.cpp - Bytes and operations as attributes ---------------===//
#include "passes/Passes.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_RECORDCOSTSPASS
#include "passes/Passes.h.inc"

namespace {

/// The terms of a `cria_amount` that is `at(c, t)` for any context and any number of tokens.
std::array<int64_t, 4> termsOf(function_ref<int64_t(int64_t, int64_t)> at) {
  int64_t first = at(0, 1), ofOne = at(1, 1) - first, ofTwo = at(1, 2) - at(0, 2);
  // One more token in the cache adds a row, and a pair for each token.
  int64_t perPair = ofTwo - ofOne, perRow = ofOne - perPair;
  int64_t perToken = at(0, 2) - first - perRow - 2 * perPair;
  return {first - perToken - perRow - perPair, perToken, perRow, perPair};
}

struct RecordCosts : impl::RecordCostsPassBase<RecordCosts> {
  void runOnOperation() override {
    getOperation()->walk([](KernelOp kernel) {
      Builder b(kernel.getContext());
      auto record = [&](StringRef name, function_ref<int64_t(Cost)> of) {
        auto at = [&](int64_t context, int64_t tokens) {
          return of(kernel.getCost({context, tokens}));
        };
        kernel->setAttr(name, b.getDenseI64ArrayAttr(termsOf(at)));
      };
      record("cria.bytes", [](Cost cost) { return cost.bytes(); });
      record("cria.flops", [](Cost cost) { return cost.flops; });
    });
  }
};

} // namespace
} // namespace cria
