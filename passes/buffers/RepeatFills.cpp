//===- RepeatFills.cpp - A fill for every use -----------------------------===//
#include "passes/Passes.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_REPEATFILLSPASS
#include "passes/Passes.h.inc"

namespace {

struct RepeatFills : impl::RepeatFillsPassBase<RepeatFills> {
  void runOnOperation() override {
    SmallVector<linalg::FillOp> shared;
    getOperation()->walk([&](linalg::FillOp fill) {
      if (fill.hasPureTensorSemantics() && !fill->use_empty() && !fill->hasOneUse())
        shared.push_back(fill);
    });
    OpBuilder b(&getContext());
    for (linalg::FillOp fill : shared) {
      for (OpOperand &use : llvm::make_early_inc_range(fill->getUses())) {
        b.setInsertionPoint(use.getOwner());
        use.set(b.clone(*fill)->getResult(0));
      }
      fill.erase();
    }
  }
};

} // namespace
} // namespace cria
