//===- JoinLaunches.td ---------------------------------------*- tablegen -*-===//
#ifndef CRIA_JOINLAUNCHES_TD
#define CRIA_JOINLAUNCHES_TD
include "mlir/Pass/PassBase.td"

def JoinLaunchesPass : Pass<"cria-join-launches", "::mlir::ModuleOp"> {
  let summary = "let blocks that finish last go on with the small kernel that follows";
  let description = [{
    A launch costs more time than a small kernel. Where such a kernel is launched directly after
    another one, its blocks become the ends of blocks of the first: each first block counts itself
    in, and the one that finds all others there goes on with a block of the second. What they wrote
    is visible to it, by fences of the device around the count (as in CUDA's sample
    threadFenceReduction). Counters are memory of the module, zero when it is loaded; the last to
    count sets its counter to zero again, so that a launch can be repeated.

    The blocks of the first kernel are divided evenly along one dimension of their grid into as many
    groups as the second has blocks, and block g of the second runs after group g. If there are
    several, this is done only if no block of the second reads or writes what blocks of other groups
    write, or writes what they read: the pass computes the bytes that each block reads and writes
    (passes/gpu/BlockAccess.h). Where a group is one block, nothing is counted.

    The second kernel is small if a block of it moves no more than 64 KiB, by the costs in the
    module attribute `cria.kernels`, for which a block takes about as long as a launch, and no more
    with a longer context. Besides, grids must be known when it is compiled, what both allocate in
    workgroup memory must fit there together, and both must have the same unit. The table has one row
    for both, with the name of the first, that of the second as `tails`, and the bytes and operations
    of both.
  }];
  let dependentDialects = ["::mlir::gpu::GPUDialect", "::mlir::memref::MemRefDialect",
                           "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
                           "::mlir::scf::SCFDialect", "::mlir::LLVM::LLVMDialect"];
}
#endif // CRIA_JOINLAUNCHES_TD
