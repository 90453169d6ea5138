//===- ThreadLoops.cpp - Linalg ops on the threads of a block -------------===//
#include "dialect/base/Target.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "passes/Passes.h"
#include "passes/gpu/ThreadLoop.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_THREADLOOPSPASS
#include "passes/Passes.h.inc"

namespace {

struct ThreadLoops : impl::ThreadLoopsPassBase<ThreadLoops> {
  void runOnOperation() override {
    int64_t lanes = TargetInfo::of(getOperation()).lanes();
    if (lanes != 32 && lanes != 64) {
      getOperation().emitError("is for no GPU: vectors of a warp have 32 or 64 elements, not ")
          << lanes;
      return signalPassFailure();
    }
    SmallVector<linalg::LinalgOp> ops;
    auto result = getOperation().walk([&](Operation *op) -> WalkResult {
      if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op))
        ops.push_back(linalgOp);
      else if (isa<memref::LoadOp>(op))
        synchronize(op);
      else if (hasEffect<MemoryEffects::Write>(op))
        return op->emitOpError("writes memory in code that is the same for all threads");
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      return signalPassFailure();
    IRRewriter rewriter(&getContext());
    for (linalg::LinalgOp op : ops)
      ThreadLoop(op, lanes).lower(rewriter);
  }

  /// No thread goes on to write what another one has yet to read.
  static void synchronize(Operation *load) {
    OpBuilder b(load->getContext());
    b.setInsertionPointAfter(load);
    gpu::BarrierOp::create(b, load->getLoc());
  }
};

} // namespace
} // namespace cria
