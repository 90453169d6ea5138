//===- VectorizeRows.td --------------------------------------*- tablegen -*-===//
#ifndef CRIA_VECTORIZEROWS_TD
#define CRIA_VECTORIZEROWS_TD
include "mlir/Pass/PassBase.td"

def VectorizeRowsPass : Pass<"cria-vectorize-rows"> {
  let summary = "lower linalg ops along contiguous rows to loops over vectors";
  let description = [{
    Applies to linalg ops on buffers whose body is element-wise and which have a loop along which
    every operand is either contiguous or constant. That loop becomes the innermost one and steps
    by vectors: one register (`dlti`) of f32 per step, or four registers of partial results if all
    outputs are reduced along it, enough to hide the latency of an addition. What remains of a row
    is one smaller vector if its size is static, and single elements if it is dynamic. Other
    linalg ops are left to `convert-linalg-to-loops`.

    Upstream's vectoriser would need a tile of static size or masks, which are slow for bf16 on
    CPUs without AVX-512, and would reduce each vector to a number where it is read.
  }];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::memref::MemRefDialect",
                           "::mlir::vector::VectorDialect", "::mlir::affine::AffineDialect",
                           "::mlir::arith::ArithDialect"];
}
#endif // CRIA_VECTORIZEROWS_TD
