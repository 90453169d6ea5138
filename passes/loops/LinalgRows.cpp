//===- LinalgRows.cpp - Rows that linalg ops read and write ---------------===//
#include "passes/loops/LinalgRows.h"
#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"

using namespace mlir;

namespace cria {

bool isElementwise(Block &body) {
  return llvm::all_of(body.without_terminator(), [](Operation &inner) {
    return isa<linalg::IndexOp, arith::ConstantOp, WidenOp>(inner) ||
           (OpTrait::hasElementwiseMappableTraits(&inner) && inner.getNumResults() == 1);
  });
}

bool isRow(linalg::LinalgOp op, unsigned loop) {
  if (op.getStaticLoopRanges()[loop] == 1)
    return false;
  AffineExpr dim = getAffineDimExpr(loop, op.getContext());
  bool followed = false;
  for (OpOperand &operand : op->getOpOperands()) {
    AffineMap map = op.getMatchingIndexingMap(&operand);
    if (!map.isProjectedPermutation())
      return false;
    if (!map.isFunctionOfDim(loop))
      continue;
    if (map.getResults().back() != dim ||
        !cast<MemRefType>(operand.get().getType()).isLastDimUnitStride())
      return false;
    followed = true;
  }
  return followed;
}

Operation *combinerOf(linalg::LinalgOp op, OpOperand &init) {
  SmallVector<Operation *> found;
  unsigned number = init.getOperandNumber() - op.getNumDpsInputs();
  if (!matchReduction(op.getRegionOutputArgs(), number, found) || found.size() != 1 ||
      !linalg::getCombinerOpKind(found[0]) || !arith::getNeutralElement(found[0]))
    return nullptr;
  return found[0];
}

Type withWidth(Type element, int64_t width) {
  return width == 1 ? element : VectorType::get({width}, element);
}

Value cloneWide(ImplicitLocOpBuilder &b, Operation &inner, SmallVector<Value> operands,
                int64_t width) {
  bool isVector = llvm::any_of(operands, [](Value v) { return isa<VectorType>(v.getType()); });
  Type type = inner.getResult(0).getType();
  if (isVector) {
    type = withWidth(type, width);
    for (Value &operand : operands)
      if (!isa<VectorType>(operand.getType()))
        operand = vector::BroadcastOp::create(b, withWidth(operand.getType(), width), operand);
  }
  return mlir::clone(b, &inner, type, operands)->getResult(0);
}

} // namespace cria
