//===- Kernel.cpp - What a launch is --------------------------------------===//
#include "dialect/Cria.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace cria;

LogicalResult KernelOp::verify() {
  auto yield = cast<YieldOp>(getBody().front().getTerminator());
  if (yield.getOperandTypes() != getResultTypes())
    return emitOpError() << "kernel_c1: yields " << yield.getOperandTypes() << " but returns "
                         << getResultTypes();
  if ((*this)->getParentOfType<KernelOp>())
    return emitOpError() << "kernel_c2: kernels are not nested";
  return success();
}

Cost KernelOp::getCost(int64_t context) {
  // What ops inside read of values made inside, and write for use inside only, stays inside.
  Cost cost;
  auto yield = cast<YieldOp>(getBody().front().getTerminator());
  for (Operation &op : getBody().front().without_terminator()) {
    auto costly = dyn_cast<CostOpInterface>(op);
    if (!costly)
      continue;
    Cost whole = costly.getCost(context);
    cost.flops += whole.flops;
    cost.bytesRead += whole.bytesRead;
    cost.bytesWritten += whole.bytesWritten;
    auto dst = cast<DestinationStyleOpInterface>(op);
    for (Value input : dst.getDpsInputs())
      if (Operation *producer = input.getDefiningOp())
        if (producer->getBlock() == op.getBlock() && !isa<WeightOp>(producer))
          cost.bytesRead -= detail::bytesOf(input);
    for (Value result : op.getResults())
      if (!llvm::is_contained(yield.getOperands(), result))
        cost.bytesWritten -= detail::bytesOf(result);
  }
  return cost;
}

namespace {
/// A kernel whose results nobody uses is gone; upstream does it for ops without effects.
struct DropUnusedResults : OpRewritePattern<KernelOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(KernelOp op, PatternRewriter &rewriter) const override {
    SmallVector<unsigned> used;
    for (OpResult result : op.getResults())
      if (!result.use_empty())
        used.push_back(result.getResultNumber());
    if (used.size() == op.getNumResults())
      return failure();
    auto yield = cast<YieldOp>(op.getBody().front().getTerminator());
    SmallVector<Value> yielded, replaced;
    for (unsigned i : used)
      yielded.push_back(yield.getOperand(i));
    auto smaller =
        KernelOp::create(rewriter, op.getLoc(), ValueRange(yielded).getTypes(), op.getName());
    smaller.getBody().takeBody(op.getBody());
    rewriter.modifyOpInPlace(yield, [&] { yield.getValuesMutable().assign(yielded); });
    for (auto [i, result] : llvm::zip_equal(used, smaller.getResults()))
      rewriter.replaceAllUsesWith(op.getResult(i), result);
    rewriter.eraseOp(op);
    return success();
  }
};
} // namespace

void KernelOp::getCanonicalizationPatterns(RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<DropUnusedResults>(context);
}
