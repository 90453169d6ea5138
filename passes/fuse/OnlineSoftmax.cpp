//===- OnlineSoftmax.cpp - Attention in one pass over the cache --*- C++ -*-===//
#include "passes/Passes.h"
#include "passes/fuse/Fuser.h"
#include "passes/fuse/KernelNames.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_ONLINESOFTMAXPASS
#include "passes/Passes.h.inc"

namespace {

/// Why the three steps do not form one attention; empty if they do.
StringRef whyApart(ScoresOp scores, SoftmaxOp softmax, MixOp mix) {
  auto samePosition = [](Value a, Value b) {
    return isEqualConstantIntOrValue(getAsOpFoldResult(a), getAsOpFoldResult(b));
  };
  if (!Fuser::isOnlyFor(softmax, mix))
    return "other ops read the attention weights too";
  if (!Fuser::isOnlyFor(scores, softmax))
    return "other ops read the scores too";
  if (!samePosition(scores.getPosition(), softmax.getPosition()) ||
      !samePosition(softmax.getPosition(), mix.getPosition()))
    return "its steps are at different positions";
  // A reshape between the steps would keep the number of elements but change their meaning.
  if (scores.getOut().getType() != softmax.getOut().getType() ||
      softmax.getOut().getType() != mix.getWeights().getType() ||
      scores.getQ().getType() != mix.getOut().getType() ||
      scores.getKeys().getType() != mix.getValues().getType())
    return "its keys and values differ in shape or type";
  return "";
}

/// Replaces the mix, whose kernel contains the other steps, by one attention.
void replaceSteps(RewriterBase &rewriter, ScoresOp scores, SoftmaxOp softmax, MixOp mix) {
  auto kernel = mix->getParentOfType<KernelOp>();
  rewriter.setInsertionPoint(mix);
  rewriter.replaceOpWithNewOp<AttendOp>(mix, scores.getQ(), scores.getKeys(), mix.getValues(),
                                        mix.getPosition(), mix.getOut(), scores.getScaleAttr());
  for (Operation *step : {softmax.getOperation(), scores.getOperation()})
    if (isOpTriviallyDead(step))
      rewriter.eraseOp(step);
  kernel.setName(describe(kernel));
}

struct OnlineSoftmax : impl::OnlineSoftmaxPassBase<OnlineSoftmax> {
  void runOnOperation() override {
    fuseEach<MixOp>(getOperation(), "online-softmax", [](Fuser &fuser, MixOp mix) {
      auto softmax = dyn_cast_or_null<SoftmaxOp>(Fuser::producerOf(mix.getWeights()));
      if (!softmax)
        return;
      auto scores = dyn_cast_or_null<ScoresOp>(Fuser::producerOf(softmax.getX()));
      if (!scores)
        return;
      if (StringRef why = whyApart(scores, softmax, mix); !why.empty())
        return (void)fuser.missed(mix, why);
      if (succeeded(fuser.merge(softmax, mix)) && succeeded(fuser.merge(scores, softmax)))
        replaceSteps(fuser.rewriter(), scores, softmax, mix);
    });
  }
};

} // namespace
} // namespace cria
