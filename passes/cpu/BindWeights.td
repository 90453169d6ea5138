//===- BindWeights.td ----------------------------------------*- tablegen -*-===//
#ifndef CRIA_BINDWEIGHTS_TD
#define CRIA_BINDWEIGHTS_TD
include "mlir/Pass/PassBase.td"

def BindWeightsPass : Pass<"cria-bind-weights", "::mlir::ModuleOp"> {
  let summary = "turn the weight table into an array of pointers";
  let description = [{
    `!cria.weights` becomes a pointer to pointers and `cria.weight` a load from it. The slot
    of a tensor is the number of tensors declared before it. The descriptor by which the
    runtime fills the table (include/cria/runtime/abi.h) has the same order. The declarations
    are erased.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect", "::mlir::arith::ArithDialect"];
}
#endif // CRIA_BINDWEIGHTS_TD
