//===- QuantizeActivations.cpp - Tokens rounded for integer products ------===//
#include "passes/Passes.h"
#include "passes/cpu/units/Unit.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_QUANTIZEACTIVATIONSPASS
#include "passes/Passes.h.inc"

namespace {

/// Moves what makes `value`, slices and reshapes of it, before `loop` as far as it is the same for
/// all tiles. Returns whether all of it is.
bool hoist(Value value, scf::ForallOp loop) {
  Operation *op = value.getDefiningOp();
  if (!loop.getRegion().isAncestor(value.getParentRegion()))
    return true;
  if (!isa_and_present<tensor::ExtractSliceOp, tensor::CollapseShapeOp, tensor::ExpandShapeOp>(
          op) ||
      !llvm::all_of(op->getOperands(), [&](Value operand) { return hoist(operand, loop); }))
    return false;
  op->moveBefore(loop);
  return true;
}

Value quantize(OpBuilder &b, LinearOp linear) {
  Value x = linear.getX();
  if (auto loop = linear->getParentOfType<scf::ForallOp>())
    hoist(x, loop);
  Region &kernel = linear->getParentOfType<KernelOp>().getBody();
  if (kernel.isAncestor(x.getParentRegion()))
    b.setInsertionPointAfterValue(x);
  else
    b.setInsertionPointToStart(&kernel.front());
  Location loc = linear.getLoc();
  Value empty = tensor::EmptyOp::create(b, loc, tensor::getMixedSizes(b, loc, x),
                                        roundedType(b.getContext()));
  return QuantizeOp::create(b, loc, x, empty).getResult(0);
}

struct QuantizeActivations : impl::QuantizeActivationsPassBase<QuantizeActivations> {
  void runOnOperation() override {
    TargetInfo target = TargetInfo::of(getOperation());
    OpBuilder b(&getContext());
    auto result = getOperation()->walk([&](KernelOp kernel) -> WalkResult {
      StringRef unit = stringifyUnitKind(scheduleOf(kernel).getUnit());
      DenseMap<Value, Value> rounded;
      return kernel.walk([&](LinearOp linear) -> WalkResult {
        Type element = getElementTypeOrSelf(linear.getWeight());
        if (!unitFor(target, element, unit).asInteger()) {
          if (rowsTogether(element) == 1)
            return WalkResult::advance();
          return linear.emitOpError("multiplies packed weights, which only units of integers do");
        }
        Value &x = rounded[linear.getX()];
        if (!x)
          x = quantize(b, linear);
        linear.getXMutable().assign(x);
        return WalkResult::advance();
      });
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};

} // namespace
} // namespace cria
