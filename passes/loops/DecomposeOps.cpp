//===- DecomposeOps.cpp - Ops as linalg on tensors ------------------------===//
#include "passes/Passes.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_DECOMPOSEOPSPASS
#include "passes/Passes.h.inc"

namespace {

/// Decompositions are loops on tensors and vectors along the dimensions that no tile splits, so
/// these dimensions must be static.
LogicalResult checkDecomposable(TileMapOpInterface op) {
  if (!cast<DestinationStyleOpInterface>(op.getOperation()).hasPureTensorSemantics())
    return op->emitOpError("cannot be decomposed: its operands are buffers");
  for (auto [number, dims] : llvm::enumerate(op.getTileMap().operands))
    for (auto [i, dim] : llvm::enumerate(dims)) {
      int64_t size = cast<ShapedType>(op->getOperand(number).getType()).getDimSize(i);
      if (dim.loop == TileDim::whole && (ShapedType::isDynamic(size) || size == 0))
        return op->emitOpError("cannot be decomposed: dimension ")
               << i << " of operand " << number << " is " << (size == 0 ? "empty" : "dynamic");
    }
  return success();
}

struct DecomposeOps : impl::DecomposeOpsPassBase<DecomposeOps> {
  void runOnOperation() override {
    SmallVector<TileMapOpInterface> ops;
    getOperation()->walk([&](TileMapOpInterface op) {
      if (!isa<QuantizeOp>(op)) // stays until its target's phase
        ops.push_back(op);
    });
    IRRewriter rewriter(&getContext());
    for (TileMapOpInterface op : ops) {
      if (failed(checkDecomposable(op)))
        return signalPassFailure();
      rewriter.setInsertionPoint(op);
      auto aggregated = cast<linalg::AggregatedOpInterface>(op.getOperation());
      FailureOr<SmallVector<Value>> results = aggregated.decomposeOperation(rewriter);
      if (failed(results))
        return signalPassFailure();
      rewriter.replaceOp(op, *results);
    }
  }
};

} // namespace
} // namespace cria
