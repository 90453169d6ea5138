//===- QuantizeActivations.td --------------------------------*- tablegen -*-===//
#ifndef CRIA_QUANTIZEACTIVATIONS_TD
#define CRIA_QUANTIZEACTIVATIONS_TD
include "mlir/Pass/PassBase.td"

def QuantizeActivationsPass : Pass<"cria-quantize-activations"> {
  let summary = "round the tokens of a linear to 8 bits where its unit multiplies integers";
  let description = [{
    Where the unit of a kernel's schedule is `dot_int8`, the tokens of its linears with weights in
    blocks are rounded (`cria.quantize`): once a kernel, before its tiles, for all linears that
    read them. If tiles split the tokens, each tile rounds its own.
  }];
  let dependentDialects = ["::cria::CriaDialect", "::mlir::tensor::TensorDialect"];
}
#endif // CRIA_QUANTIZEACTIVATIONS_TD
