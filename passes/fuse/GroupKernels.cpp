//===- GroupKernels.cpp - One kernel for each op that is in none ----------===//
#include "passes/Passes.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_GROUPKERNELSPASS
#include "passes/Passes.h.inc"

namespace {

struct GroupKernels : impl::GroupKernelsPassBase<GroupKernels> {
  void runOnOperation() override {
    SmallVector<Operation *> ops;
    getOperation()->walk([&](TileMapOpInterface op) {
      if (!op->getParentOfType<KernelOp>())
        ops.push_back(op);
    });
    IRRewriter rewriter(&getContext());
    for (Operation *op : ops) {
      rewriter.setInsertionPoint(op);
      auto kernel = KernelOp::create(rewriter, op->getLoc(), op->getResultTypes(),
                                     op->getName().stripDialect());
      rewriter.replaceAllUsesWith(op->getResults(), kernel.getResults());
      Block *body = rewriter.createBlock(&kernel.getBody());
      rewriter.moveOpBefore(op, body, body->end());
      YieldOp::create(rewriter, op->getLoc(), op->getResults());
    }
  }
};

} // namespace
} // namespace cria
