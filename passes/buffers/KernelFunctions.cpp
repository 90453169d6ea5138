//===- KernelFunctions.cpp - Kernels after they are functions -------------===//
#include "passes/buffers/KernelFunctions.h"

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

DenseI64ArrayAttr amountOf(KernelOp kernel, StringRef name) {
  if (auto amount = kernel->getAttrOfType<DenseI64ArrayAttr>(name))
    return amount;
  return DenseI64ArrayAttr::get(kernel.getContext(), {0, 0, 0, 0});
}

} // namespace cria
