//===- ExpandBlocks.td ---------------------------------------*- tablegen -*-===//
#ifndef CRIA_EXPANDBLOCKS_TD
#define CRIA_EXPANDBLOCKS_TD
include "mlir/Pass/PassBase.td"

def ExpandBlocksPass : Pass<"cria-expand-blocks"> {
  let summary = "turn ops on rows of blocks into loops over groups";
  let description = [{
    Rows of blocks that are widened to f32, as `cria.embed` does it, become loops over groups of
    elements, as does `cria.quantize`.
  }];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::memref::MemRefDialect",
                           "::mlir::vector::VectorDialect", "::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect"];
}
#endif // CRIA_EXPANDBLOCKS_TD
