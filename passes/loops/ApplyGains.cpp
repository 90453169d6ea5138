//===- ApplyGains.cpp - A norm's gain, once per token ---------------------===//
#include "dialect/ops/Emit.h"
#include "passes/Passes.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_APPLYGAINSPASS
#include "passes/Passes.h.inc"

namespace {

void apply(OpBuilder &b, LinearOp op) {
  Emit emit(b, op);
  Value x = op.getX();
  auto type = cast<RankedTensorType>(x.getType());
  Value empty = tensor::EmptyOp::create(b, op.getLoc(), type.getShape(), b.getF32Type());
  AffineMap ofRow = b.getMultiDimIdentityMap(2);
  Value scaled = emit.elementwise(
      {x, op.getGain()}, {ofRow, ofRow.getMinorSubMap(1)}, empty, [&](ValueRange factors) {
        return SmallVector<Value>{arith::MulFOp::create(b, op.getLoc(), factors[0], factors[1])};
      })[0];
  op.getXMutable().assign(scaled);
  op.getGainMutable().clear();
}

struct ApplyGains : impl::ApplyGainsPassBase<ApplyGains> {
  void runOnOperation() override {
    OpBuilder b(&getContext());
    getOperation()->walk([&](LinearOp op) {
      auto x = dyn_cast<RankedTensorType>(op.getX().getType());
      if (!op.getGain() || !x || !x.hasStaticShape() || x.getDimSize(0) != 1)
        return;
      b.setInsertionPoint(op);
      apply(b, op);
    });
  }
};

} // namespace
} // namespace cria
