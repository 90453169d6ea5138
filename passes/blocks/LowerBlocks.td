//===- LowerBlocks.td ----------------------------------------*- tablegen -*-===//
#ifndef CRIA_LOWERBLOCKS_TD
#define CRIA_LOWERBLOCKS_TD
include "mlir/Pass/PassBase.td"

def LowerBlocksPass : Pass<"cria-lower-blocks", "::mlir::ModuleOp"> {
  let summary = "turn buffers of blocks to bytes";
  let description = [{
    All buffers of `!cria.block`, and slices of them, become buffers of bytes. Ops that are lowered
    later, as on a GPU, keep operands of blocks: casts of the bytes.
  }];
  let dependentDialects = ["::mlir::memref::MemRefDialect"];
}
#endif // CRIA_LOWERBLOCKS_TD
