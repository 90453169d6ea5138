//===- ApplyGains.td -----------------------------------------*- tablegen -*-===//
#ifndef CRIA_APPLYGAINS_TD
#define CRIA_APPLYGAINS_TD
include "mlir/Pass/PassBase.td"

def ApplyGainsPass : Pass<"cria-apply-gains"> {
  let summary = "multiply one token by the gain of its linear once, not in every tile";
  let description = [{
    The gain of a `linear` (a norm's, once it is fused) is a factor of each column of its
    input. With one token that input is a row, so it is multiplied before the tiles are
    made, which then all read it. With several tokens the rows of the weight are copied
    anyway, and are multiplied as they are.
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect", "::mlir::tensor::TensorDialect",
                           "::mlir::arith::ArithDialect"];
}
#endif // CRIA_APPLYGAINS_TD
