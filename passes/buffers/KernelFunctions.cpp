//===- KernelFunctions.cpp - Kernels after they are functions -------------===//
#include "passes/buffers/KernelFunctions.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"

using namespace mlir;

namespace cria {

constexpr StringRef mark = "cria.kernel", llvmAttributes = "passthrough";

void declareTeam(OpBuilder &b, Location loc) {
  Type worker = workerType(b), number = b.getI64Type();
  func::FuncOp::create(b, loc, nextName, b.getFunctionType({worker}, {number})).setPrivate();
  func::FuncOp::create(b, loc, barrierName, b.getFunctionType({worker, number}, {})).setPrivate();
}

void markKernel(func::FuncOp func) {
  Builder b(func.getContext());
  func->setAttr(mark, b.getUnitAttr());
  func->setAttr(llvmAttributes, b.getStrArrayAttr({"noinline"}));
}

bool isKernel(func::FuncOp func) { return func->hasAttr(mark); }

SmallVector<Value> gridExtents(ImplicitLocOpBuilder &b, scf::ForallOp grid) {
  AffineExpr lower, upper, step;
  bindSymbols(b.getContext(), lower, upper, step);
  SmallVector<Value> extents;
  for (auto [from, to, by] :
       llvm::zip_equal(grid.getMixedLowerBound(), grid.getMixedUpperBound(), grid.getMixedStep()))
    extents.push_back(getValueOrCreateConstantIndexOp(
        b, b.getLoc(),
        affine::makeComposedFoldedAffineApply(b, b.getLoc(), (upper - lower).ceilDiv(step),
                                              {from, to, by})));
  return extents;
}

DenseI64ArrayAttr amountOf(KernelOp kernel, StringRef name) {
  if (auto amount = kernel->getAttrOfType<DenseI64ArrayAttr>(name))
    return amount;
  return DenseI64ArrayAttr::get(kernel.getContext(), {0, 0, 0, 0});
}

} // namespace cria
