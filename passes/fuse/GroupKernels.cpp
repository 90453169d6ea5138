//===- GroupKernels.cpp - One kernel per op -------------------------------===//
#include "passes/Passes.h"
#include "passes/fuse/Kernels.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_GROUPKERNELSPASS
#include "passes/Passes.h.inc"

namespace {

struct GroupKernels : impl::GroupKernelsPassBase<GroupKernels> {
  void runOnOperation() override {
    SmallVector<Operation *> ops;
    getOperation()->walk([&](DestinationStyleOpInterface op) {
      bool computes = isa<TileMapOpInterface, linalg::LinalgOp>(op.getOperation());
      if (computes && op.hasPureTensorSemantics() && !op->getParentOfType<KernelOp>())
        ops.push_back(op);
    });
    IRRewriter rewriter(&getContext());
    for (Operation *op : ops)
      outline(rewriter, op);
  }
};

} // namespace
} // namespace cria
