//===- NormIntoLinear.cpp - Norms to factors around a product -*- C++ -*-===//
#include "passes/Passes.h"
#include "passes/fuse/Fuser.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_NORMINTOLINEARPASS
#include "passes/Passes.h.inc"

namespace {

/// linear(rms_norm(x, g), W) → linear(x gain g, W) scale rms_scale(x)
void deferNorm(RewriterBase &rewriter, RmsNormOp norm, LinearOp linear) {
  Value x = norm.getX();
  int64_t tokens = cast<RankedTensorType>(x.getType()).getDimSize(0);
  rewriter.setInsertionPoint(linear);
  Value empty = tensor::EmptyOp::create(rewriter, norm.getLoc(), {tokens}, rewriter.getF32Type());
  auto scale = RmsScaleOp::create(rewriter, norm.getLoc(), x, empty, norm.getEpsAttr());
  rewriter.modifyOpInPlace(linear, [&] {
    linear.getXMutable().assign(x);
    if (norm.getWeight())
      linear.getGainMutable().assign(norm.getWeight());
    linear.getScaleMutable().assign(scale->getResult(0));
  });
  auto kernel = linear->getParentOfType<KernelOp>();
  if (!kernel.getName().starts_with("rms_scale"))
    kernel.setName(("rms_scale+" + kernel.getName()).str());
  if (auto dead = norm->getParentOfType<KernelOp>(); isOpTriviallyDead(dead))
    rewriter.eraseOp(dead);
}

struct NormIntoLinear : impl::NormIntoLinearPassBase<NormIntoLinear> {
  void runOnOperation() override {
    fuseEach<LinearOp>(getOperation(), "norm-into-linear", [](Fuser &fuser, LinearOp op) {
      auto norm = dyn_cast_or_null<RmsNormOp>(Fuser::producerOf(op.getX()));
      if (!norm)
        return;
      if (op.getGain() || op.getScale())
        return (void)fuser.missed(op, "it has a gain or a scale already");
      auto kernel = norm->getParentOfType<KernelOp>();
      if (kernel != op->getParentOfType<KernelOp>() &&
          kernel->isAncestor(norm.getX().getParentBlock()->getParentOp()))
        return (void)fuser.missed(op, "what is normalised stays inside of its kernel");
      fuser.applied(op, [&] { deferNorm(fuser.rewriter(), norm, op); });
    });
  }
};

} // namespace
} // namespace cria
