//===- SplitAttention.cpp - Attention as three steps ----------------------===//
#include "mlir/IR/PatternMatch.h"
#include "passes/Passes.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_SPLITATTENTIONPASS
#include "passes/Passes.h.inc"

namespace {

void split(RewriterBase &rewriter, AttendOp op) {
  Location loc = op.getLoc();
  rewriter.setInsertionPoint(op);
  // The number of tokens is that of the destination: a size of `q` would be another use of `q`.
  auto forRows = [&]() -> Value {
    SmallVector<OpFoldResult> shape = tensor::getMixedSizes(rewriter, loc, op.getOut());
    shape[2] = tensor::getMixedSize(rewriter, loc, op.getKeys(), 1);
    return tensor::EmptyOp::create(rewriter, loc, shape, rewriter.getF32Type());
  };
  auto scores = ScoresOp::create(rewriter, loc, op.getQ(), op.getKeys(), op.getPosition(),
                                 forRows(), op.getScaleAttr());
  auto weights =
      SoftmaxOp::create(rewriter, loc, scores->getResult(0), op.getPosition(), forRows());
  rewriter.replaceOpWithNewOp<MixOp>(op, weights->getResult(0), op.getValues(), op.getPosition(),
                                     op.getOut());
}

struct SplitAttention : impl::SplitAttentionPassBase<SplitAttention> {
  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    getOperation()->walk([&](AttendOp op) {
      if (op.hasPureTensorSemantics() && !op->getParentOfType<KernelOp>())
        split(rewriter, op);
    });
  }
};

} // namespace
} // namespace cria
