//===- SplitAttention.td -------------------------------------*- tablegen -*-===//
#ifndef CRIA_SPLITATTENTION_TD
#define CRIA_SPLITATTENTION_TD
include "mlir/Pass/PassBase.td"

def SplitAttentionPass : Pass<"cria-split-attention"> {
  let summary = "split each attention into its three steps: scores, softmax, mix";
  let description = [{
    `attend` is a product, a softmax and another product in one op. Once they are three ops,
    computing them in one kernel is a fusion like any other (`online-softmax`), which can be
    switched off and counted. An attention that is already in a kernel stays as it is.
  }];
  let dependentDialects = ["::cria::CriaDialect", "::mlir::tensor::TensorDialect"];
}
#endif // CRIA_SPLITATTENTION_TD
