//===- PlaceBlockMemory.td -----------------------------------*- tablegen -*-===//
#ifndef CRIA_PLACEBLOCKMEMORY_TD
#define CRIA_PLACEBLOCKMEMORY_TD
include "mlir/Pass/PassBase.td"

def PlaceBlockMemoryPass : Pass<"cria-place-block-memory", "::mlir::ModuleOp"> {
  let summary = "place what kernels allocate in workgroup memory, and what is too large in memory";
  let description = [{
    Allocations of a kernel are memory that the threads of a block share. Those whose size has a
    static bound are placed in workgroup memory in the order of the program, as long as they fit
    48 KiB, which every GPU has. The others are placed in the scratch, a last argument that this pass
    adds to each function, in a part that belongs to the block. The module attribute
    `cria.scratch_bytes` is the largest need of all blocks of a launch.
  }];
  let dependentDialects = ["::mlir::gpu::GPUDialect", "::mlir::memref::MemRefDialect",
                           "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect"];
}
#endif // CRIA_PLACEBLOCKMEMORY_TD
