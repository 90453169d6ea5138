//===- DecomposeOps.cpp - Ops to loops and vectors ------------------------===//
#include "passes/Passes.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_DECOMPOSEOPSPASS
#include "passes/Passes.h.inc"

namespace {

struct DecomposeOps : impl::DecomposeOpsPassBase<DecomposeOps> {
  void runOnOperation() override {
    SmallVector<linalg::AggregatedOpInterface> ops;
    getOperation()->walk([&](linalg::AggregatedOpInterface op) {
      if (isa<CriaDialect>(op->getDialect()))
        ops.push_back(op);
    });
    IRRewriter rewriter(&getContext());
    for (linalg::AggregatedOpInterface op : ops) {
      rewriter.setInsertionPoint(op);
      FailureOr<SmallVector<Value>> results = op.decomposeOperation(rewriter);
      if (failed(results)) {
        op->emitOpError("cannot be decomposed");
        return signalPassFailure();
      }
      rewriter.replaceOp(op, *results);
    }
  }
};

} // namespace
} // namespace cria
