//===- ThreadLoops.cpp - Linalg ops on the threads of a block -------------===//
#include "dialect/base/Schedule.h"
#include "dialect/base/Target.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "passes/Passes.h"
#include "passes/blocks/formats/Quantize.h"
#include "passes/gpu/Block.h"
#include "passes/gpu/TensorProduct.h"
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
    SmallVector<QuantizeOp> quantized;
    auto result = getOperation().walk<WalkOrder::PreOrder>([&](Operation *op) -> WalkResult {
      if (op->hasAttr(oneThreadName))
        return WalkResult::skip();
      if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op))
        ops.push_back(linalgOp);
      else if (auto quantize = dyn_cast<QuantizeOp>(op))
        quantized.push_back(quantize);
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
      lower(rewriter, op, lanes);
    llvm::for_each(quantized, dealGroups);
    getOperation().walk(measureBytes);
  }

  static void lower(RewriterBase &rewriter, linalg::LinalgOp op, int64_t lanes) {
    UnitKind unit = scheduleOf(op).getUnit();
    bool exact = unit == UnitKind::mma_bf16x3;
    std::optional<TensorForm> form;
    if (exact || unit == UnitKind::mma_bf16)
      form = TensorForm::of(op);
    if (form)
      TensorProduct(*form, exact).lower(rewriter);
    else
      ThreadLoop(op, lanes).lower(rewriter);
  }

  /// Each group of a row is rounded by a thread.
  static void dealGroups(QuantizeOp op) {
    ImplicitLocOpBuilder b(op.getLoc(), op);
    auto index = [&](int64_t value) -> Value { return arith::ConstantIndexOp::create(b, value); };
    Value bytes = bytesUnder(op.getOut());
    int64_t perRow = cast<MemRefType>(op.getX().getType()).getDimSize(1) / BlockReader::group;
    Value rows = b.createOrFold<memref::DimOp>(op.getX(), 0);
    Value count = b.createOrFold<arith::MulIOp>(rows, index(perRow));
    Value thread = gpu::ThreadIdOp::create(b, gpu::Dimension::x);
    auto groups = scf::ForOp::create(b, thread, count, index(blockThreads));
    b.setInsertionPointToStart(groups.getBody());
    Value row = arith::DivUIOp::create(b, groups.getInductionVar(), index(perRow));
    Value group = arith::RemUIOp::create(b, groups.getInductionVar(), index(perRow));
    Value k = arith::MulIOp::create(b, group, index(BlockReader::group));
    quantizeGroup(b, op, bytes, row, k);
    b.setInsertionPointAfter(groups);
    gpu::BarrierOp::create(b);
    op.erase();
  }

  /// There are as many rows of blocks as of their bytes.
  static void measureBytes(memref::DimOp rows) {
    if (isBlock(getElementTypeOrSelf(rows.getSource().getType())))
      rows.getSourceMutable().assign(bytesUnder(rows.getSource()));
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
