//===- NormIntoLinear.cpp - Norms as factors around a product ---*- C++ -*-===//
#include "passes/Passes.h"
#include "passes/fuse/Fuser.h"
#include "passes/fuse/KernelNames.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_NORMINTOLINEARPASS
#include "passes/Passes.h.inc"

namespace {

/// linear(rms_norm(x, g), W) → linear(x gain g, W) scale rms_scale(x)
void deferNorm(RewriterBase &rewriter, RmsNormOp norm, LinearOp linear) {
  Value x = norm.getX();
  rewriter.setInsertionPoint(linear);
  OpFoldResult tokens = tensor::getMixedSize(rewriter, norm.getLoc(), linear.getOut(), 0);
  Value empty = tensor::EmptyOp::create(rewriter, norm.getLoc(), tokens, rewriter.getF32Type());
  auto scale = RmsScaleOp::create(rewriter, norm.getLoc(), x, empty, norm.getEpsAttr());
  rewriter.modifyOpInPlace(linear, [&] {
    linear.getXMutable().assign(x);
    if (norm.getWeight())
      linear.getGainMutable().assign(norm.getWeight());
    linear.getScaleMutable().assign(scale->getResult(0));
  });
  auto kernel = linear->getParentOfType<KernelOp>();
  kernel.setName(describe(kernel));
  if (auto dead = norm->getParentOfType<KernelOp>(); isOpTriviallyDead(dead))
    rewriter.eraseOp(dead);
}

/// Whether an op of `kernel` writes to `x`, which a norm inside of it would read as a whole.
bool isUpdatedIn(KernelOp kernel, Value x) {
  return llvm::any_of(x.getUses(), [&](OpOperand &use) {
    auto op = dyn_cast<DestinationStyleOpInterface>(use.getOwner());
    return op && op.isDpsInit(&use) && kernel->isProperAncestor(op);
  });
}

struct NormIntoLinear : impl::NormIntoLinearPassBase<NormIntoLinear> {
  void runOnOperation() override {
    fuseEach<LinearOp>(getOperation(), "norm-into-linear", [](Fuser &fuser, LinearOp op) {
      Operation *producer = Fuser::producerOf(op.getX());
      if (isa_and_present<LayerNormOp>(producer))
        return (void)fuser.missed(op, "layer_norm subtracts a mean, which is not a factor");
      auto norm = dyn_cast_or_null<RmsNormOp>(producer);
      if (!norm)
        return;
      if (op.getGain() || op.getScale())
        return (void)fuser.missed(op, "it already has a gain or a scale");
      auto kernel = norm->getParentOfType<KernelOp>();
      if (kernel != op->getParentOfType<KernelOp>() &&
          kernel->isAncestor(norm.getX().getParentBlock()->getParentOp()))
        return (void)fuser.missed(op, "the norm's input does not leave its kernel");
      if (isUpdatedIn(op->getParentOfType<KernelOp>(), norm.getX()))
        return (void)fuser.missed(op, "its kernel updates the norm's input");
      fuser.applied(op, [&] { deferNorm(fuser.rewriter(), norm, op); });
    });
  }
};

} // namespace
} // namespace cria
