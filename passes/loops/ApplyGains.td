//===- ApplyGains.td -----------------------------------------*- tablegen -*-===//
#ifndef CRIA_APPLYGAINS_TD
#define CRIA_APPLYGAINS_TD
include "mlir/Pass/PassBase.td"

def ApplyGainsPass : Pass<"cria-apply-gains"> {
  let summary = "multiply the tokens of a linear by its gain once, not in every tile";
  let description = [{
    The gain of a `linear` (that of a fused norm) scales the columns of its input. It is applied
    before tiling, so that all tiles, and all linears of a kernel that share input and gain, read
    the product. The weight stays as it lies in memory.

    On a GPU the tokens of a prompt stay as they are, since each block would have a copy of all of
    them: the gain is a factor of each product of elements.
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect", "::mlir::tensor::TensorDialect",
                           "::mlir::arith::ArithDialect"];
}
#endif // CRIA_APPLYGAINS_TD
