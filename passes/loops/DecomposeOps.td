//===- DecomposeOps.td ---------------------------------------*- tablegen -*-===//
#ifndef CRIA_DECOMPOSEOPS_TD
#define CRIA_DECOMPOSEOPS_TD
include "mlir/Pass/PassBase.td"

def DecomposeOpsPass : Pass<"cria-decompose-ops"> {
  let summary = "lower each computing op to linalg on the tensors of a tile";
  let description = [{
    Every computing op of the dialect implements its own decomposition
    (`AggregatedOpInterface`, in the op's .cpp) into `linalg`, `tensor`, `scf`, `arith` and `math`
    on tensors of the size of a tile. Decompositions are the same for every machine.
  }];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::math::MathDialect", "::mlir::scf::SCFDialect",
    "::mlir::tensor::TensorDialect"];
}
#endif // CRIA_DECOMPOSEOPS_TD
