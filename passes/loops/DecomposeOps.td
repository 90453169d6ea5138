//===- DecomposeOps.td ---------------------------------------*- tablegen -*-===//
#ifndef CRIA_DECOMPOSEOPS_TD
#define CRIA_DECOMPOSEOPS_TD
include "mlir/Pass/PassBase.td"

def DecomposeOpsPass : Pass<"cria-decompose-ops"> {
  let summary = "lower each computing op to loops and vectors";
  let description = [{
    Every computing op of the dialect implements its own decomposition
    (`AggregatedOpInterface`, in the op's .cpp) into `scf`, `vector` and `linalg` on tensors
    of the size of a tile.
  }];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::math::MathDialect", "::mlir::scf::SCFDialect",
    "::mlir::tensor::TensorDialect", "::mlir::vector::VectorDialect"];
}
#endif // CRIA_DECOMPOSEOPS_TD
