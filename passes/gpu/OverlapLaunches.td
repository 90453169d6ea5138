//===- OverlapLaunches.td ------------------------------------*- tablegen -*-===//
#ifndef CRIA_OVERLAPLAUNCHES_TD
#define CRIA_OVERLAPLAUNCHES_TD
include "mlir/Pass/PassBase.td"

def OverlapLaunchesPass : Pass<"cria-overlap-launches", "::mlir::gpu::GPUModuleOp"> {
  let summary = "let a kernel be launched while the one ahead of it still runs";
  let description = [{
    Where the target's `early_launch` says that it can: a kernel begins by waiting for the one ahead
    of it, whose writes it then sees, and lets the next one be launched. So blocks of a kernel are
    placed and have begun when the last blocks of the kernel ahead end ("programmatic dependent
    launch", CUDA C++ Programming Guide). No kernel reads or writes memory before that, so nothing
    else changes.
  }];
  let dependentDialects = ["::mlir::NVVM::NVVMDialect"];
}
#endif // CRIA_OVERLAPLAUNCHES_TD
