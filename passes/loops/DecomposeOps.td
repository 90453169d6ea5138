//===- DecomposeOps.td ---------------------------------------*- tablegen -*-===//
#ifndef CRIA_DECOMPOSEOPS_TD
#define CRIA_DECOMPOSEOPS_TD
include "mlir/Pass/PassBase.td"

def DecomposeOpsPass : Pass<"cria-decompose-ops"> {
  let summary = "write each computing op as loops and vectors";
  let description = [{
    Every op of the dialect that computes says itself what it is made of
    (`AggregatedOpInterface`, in the op's .cpp): `scf`, `vector` and `linalg` on
    tensors, at the size of a tile.
  }];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::math::MathDialect", "::mlir::scf::SCFDialect",
    "::mlir::tensor::TensorDialect", "::mlir::vector::VectorDialect"];
}
#endif // CRIA_DECOMPOSEOPS_TD
