//===- LowerBlocks.td ----------------------------------------*- tablegen -*-===//
#ifndef CRIA_LOWERBLOCKS_TD
#define CRIA_LOWERBLOCKS_TD
include "mlir/Pass/PassBase.td"

def LowerBlocksPass : Pass<"cria-lower-blocks", "::mlir::ModuleOp"> {
  let summary = "turn buffers of blocks to bytes";
  let description = [{
    Rows of blocks that are widened to f32, as `cria.embed` does it, become loops over groups of
    elements, as does `cria.quantize`. Then all buffers of `!cria.block`, which products have been
    lowered to read as bytes, become buffers of bytes.
  }];
  let dependentDialects = ["::mlir::scf::SCFDialect", "::mlir::memref::MemRefDialect",
                           "::mlir::vector::VectorDialect", "::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect"];
}
#endif // CRIA_LOWERBLOCKS_TD
