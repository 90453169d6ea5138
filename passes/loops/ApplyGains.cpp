//===- ApplyGains.cpp - A norm's gain, once per kernel ---------------------===//
#include "dialect/base/Target.h"
#include "dialect/ops/TensorBuilder.h"
#include "passes/Passes.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_APPLYGAINSPASS
#include "passes/Passes.h.inc"

namespace {

void apply(OpBuilder &builder, LinearOp op) {
  TensorBuilder b(builder, op);
  Value x = op.getX();
  Value empty = b.empty({b.size(x, 0), b.size(x, 1)});
  Value scaled = b.map({{x, {0, 1}}, {op.getGain(), {1}}}, empty,
                       [&](ValueRange factors, Value) { return b.mul(factors[0], factors[1]); });
  op.getXMutable().assign(scaled);
  op.getGainMutable().clear();
}

struct ApplyGains : impl::ApplyGainsPassBase<ApplyGains> {
  void runOnOperation() override {
    OpBuilder b(&getContext());
    bool onGpu = TargetInfo::of(getOperation()).backend == Backend::gpu;
    getOperation()->walk([&](LinearOp op) {
      auto type = dyn_cast<RankedTensorType>(op.getX().getType());
      if (!op.getGain() || !type || (onGpu && !type.hasStaticShape()))
        return;
      b.setInsertionPoint(op);
      apply(b, op);
    });
  }
};

} // namespace
} // namespace cria
