//===- LaunchKernels.td --------------------------------------*- tablegen -*-===//
#ifndef CRIA_LAUNCHKERNELS_TD
#define CRIA_LAUNCHKERNELS_TD
include "mlir/Pass/PassBase.td"

def LaunchKernelsPass : Pass<"cria-launch-kernels", "::mlir::ModuleOp"> {
  let summary = "make each kernel a kernel of a GPU, and each tile of its grid a block of threads";
  let description = [{
    The function `@decode.qkv` becomes `gpu.func @decode_qkv` of one `gpu.module`, with copies of
    the constants that it reads, and its call a `gpu.launch_func`. A dimension of the grid is one of
    the launch, the last being `x`; a kernel without a grid is one block. What a kernel computes
    ahead of its grid, each block computes for itself, as each thread of a CPU does. Launches run
    one after the other, so barriers between kernels are erased.

    The last index that an entry point takes, the number of tokens in the cache, is the address of
    such a number on the device, which kernels read: with the same arguments for each token, a step
    can be recorded once. (Entry points have pointers, so the dialect of LLVM is there.)
  }];
  let dependentDialects = ["::mlir::gpu::GPUDialect", "::mlir::affine::AffineDialect",
                           "::mlir::arith::ArithDialect"];
}
#endif // CRIA_LAUNCHKERNELS_TD
