//===- InlineKernels.cpp - Kernels replaced by their bodies ---------------===//
#include "passes/Passes.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_INLINEKERNELSPASS
#include "passes/Passes.h.inc"

namespace {

struct InlineKernels : impl::InlineKernelsPassBase<InlineKernels> {
  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    getOperation()->walk([&](KernelOp kernel) {
      Block &body = kernel.getBody().front();
      auto yield = cast<YieldOp>(body.getTerminator());
      SmallVector<Value> results(yield.getValues());
      rewriter.eraseOp(yield);
      rewriter.inlineBlockBefore(&body, kernel);
      rewriter.replaceOp(kernel, results);
    });
  }
};

} // namespace
} // namespace cria
