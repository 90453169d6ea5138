//===- SplitAttention.td -------------------------------------*- tablegen -*-===//
#ifndef CRIA_SPLITATTENTION_TD
#define CRIA_SPLITATTENTION_TD
include "mlir/Pass/PassBase.td"

def SplitAttentionPass : Pass<"cria-split-attention"> {
  let summary = "write each attention as its three steps: scores, softmax, mix";
  let description = [{
    `attend` says in one op what is fused in three: a product, a softmax and a product.
    Once it is three ops, that they are one kernel is a fusion like the others
    (`online-softmax`), to be switched off and counted. An attention that is in a kernel
    already has been fused, and stays.
  }];
  let dependentDialects = ["::cria::CriaDialect", "::mlir::tensor::TensorDialect"];
}
#endif // CRIA_SPLITATTENTION_TD
