//===- ThreadLoops.td ----------------------------------------*- tablegen -*-===//
#ifndef CRIA_THREADLOOPS_TD
#define CRIA_THREADLOOPS_TD
include "mlir/Pass/PassBase.td"

def ThreadLoopsPass : Pass<"cria-thread-loops", "::mlir::gpu::GPUModuleOp"> {
  let summary = "deal the iterations of linalg ops out to the threads of a block";
  let description = [{
    One rule for every op on buffers. If all operands are contiguous or constant along a reduction,
    and there is no parallel loop of which that is true, each result is a warp's: its lanes step
    through the row side by side, each by vectors of up to 8 elements, keep partial results in
    registers and combine them by shuffles; lane 0 stores. Where a row has fewer such vectors than a
    warp has lanes, several rows share the warp. Otherwise each result is a thread's, and
    neighbours in memory are those of neighbouring threads.

    Where the schedule of a kernel names tensor cores (`mma_bf16`, `mma_bf16x3`), products are
    theirs: a warp computes 16 rows of up to 32 columns.

    Operands of blocks (`!cria.block`) are casts of bytes, of which a group of 32 elements is read at
    a time. A row that is only widened is a warp's, and `cria.quantize` gives each group to a thread.

    What surrounds the ops, loops and scalars, is the same for all threads, and after each op there
    is a barrier of the block. Code of one thread, in an `scf.if` with the attribute
    `cria.one_thread`, is left as it is.
  }];
  let dependentDialects = ["::mlir::gpu::GPUDialect", "::mlir::scf::SCFDialect",
                           "::mlir::vector::VectorDialect", "::mlir::memref::MemRefDialect",
                           "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
                           "::mlir::NVVM::NVVMDialect", "::cria::CriaDialect"];
}
#endif // CRIA_THREADLOOPS_TD
