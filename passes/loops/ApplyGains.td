//===- ApplyGains.td -----------------------------------------*- tablegen -*-===//
#ifndef CRIA_APPLYGAINS_TD
#define CRIA_APPLYGAINS_TD
include "mlir/Pass/PassBase.td"

def ApplyGainsPass : Pass<"cria-apply-gains"> {
  let summary = "multiply a single token by the gain of its linear once, not in every tile";
  let description = [{
    The gain of a `linear` (that of a fused norm) scales the columns of its input. With one
    token the input is one row, so it is multiplied once, before tiling, and all tiles read
    the product. With several tokens each tile copies rows of the weight anyway, and
    multiplies them by the gain as it does.
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect", "::mlir::tensor::TensorDialect",
                           "::mlir::arith::ArithDialect"];
}
#endif // CRIA_APPLYGAINS_TD
