//===- Kernels.cpp - Making and merging kernels ---------------------------===//
#include "passes/fuse/Kernels.h"
#include "mlir/IR/Dominance.h"
#include "mlir/Transforms/RegionUtils.h"
#include "passes/fuse/KernelNames.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace cria {
namespace {

/// Clones the op that defines `operand` before `user`, if it only names or reshapes memory.
void bringAlong(RewriterBase &rewriter, OpOperand &operand, Operation *user) {
  Operation *source = operand.get().getDefiningOp();
  if (!isa_and_present<tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::EmptyOp>(source))
    return;
  rewriter.setInsertionPoint(user);
  Operation *copy = rewriter.clone(*source);
  rewriter.modifyOpInPlace(user, [&] { operand.set(copy->getResult(0)); });
  if (source->use_empty())
    rewriter.eraseOp(source);
  for (OpOperand &inner : copy->getOpOperands())
    bringAlong(rewriter, inner, copy);
}

} // namespace

KernelOp outline(RewriterBase &rewriter, Operation *op) {
  rewriter.setInsertionPoint(op);
  auto kernel =
      KernelOp::create(rewriter, op->getLoc(), op->getResultTypes(), StringRef(), ScheduleAttr());
  rewriter.replaceAllUsesWith(op->getResults(), kernel.getResults());
  Block *body = rewriter.createBlock(&kernel.getBody());
  rewriter.moveOpBefore(op, body, body->end());
  YieldOp::create(rewriter, op->getLoc(), op->getResults());
  for (OpOperand &operand : op->getOpOperands())
    bringAlong(rewriter, operand, op);
  kernel.setName(describe(kernel));
  return kernel;
}

LogicalResult bringForward(RewriterBase &rewriter, KernelOp second, KernelOp first) {
  llvm::SetVector<Value> needed;
  getUsedValuesDefinedAbove(second.getBody(), needed);
  needed.remove_if([&](Value value) { return value.getDefiningOp() == first; });
  return moveValueDefinitions(rewriter, needed.getArrayRef(), first);
}

KernelOp mergeKernels(RewriterBase &rewriter, KernelOp first, KernelOp second) {
  YieldOp firstYield = first.getYield(), secondYield = second.getYield();
  SmallVector<Value> yielded, replaced;
  for (auto [result, value] : llvm::zip_equal(first.getResults(), firstYield.getValues())) {
    rewriter.replaceUsesWithIf(
        result, value, [&](OpOperand &use) { return second->isProperAncestor(use.getOwner()); });
    if (result.use_empty())
      continue;
    yielded.push_back(value);
    replaced.push_back(result);
  }
  llvm::append_range(yielded, secondYield.getValues());
  llvm::append_range(replaced, second.getResults());

  rewriter.setInsertionPoint(first);
  auto merged = KernelOp::create(rewriter, second.getLoc(), ValueRange(yielded).getTypes(),
                                 StringRef(), ScheduleAttr());
  Block *body = rewriter.createBlock(&merged.getBody());
  rewriter.eraseOp(firstYield);
  rewriter.eraseOp(secondYield);
  rewriter.mergeBlocks(&first.getBody().front(), body);
  rewriter.mergeBlocks(&second.getBody().front(), body);
  rewriter.setInsertionPointToEnd(body);
  YieldOp::create(rewriter, merged.getLoc(), yielded);
  for (auto [from, to] : llvm::zip_equal(replaced, merged.getResults()))
    rewriter.replaceAllUsesWith(from, to);
  rewriter.eraseOp(second);
  rewriter.eraseOp(first);
  merged.setName(describe(merged));
  return merged;
}

} // namespace cria
