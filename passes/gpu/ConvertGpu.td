//===- ConvertGpu.td -----------------------------------------*- tablegen -*-===//
#ifndef CRIA_CONVERTGPU_TD
#define CRIA_CONVERTGPU_TD
include "mlir/Pass/PassBase.td"

def ConvertGpuPass : Pass<"cria-convert-gpu", "::mlir::gpu::GPUModuleOp"> {
  let summary = "lower kernels to the dialect of the target's vendor";
  let description = [{
    Runs upstream's `convert-gpu-to-nvvm` or `convert-gpu-to-rocdl`, whichever the description of
    the target asks for by its entry `dialect`. Arguments that are buffers become plain pointers.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect", "::mlir::NVVM::NVVMDialect",
                           "::mlir::ROCDL::ROCDLDialect", "::mlir::amdgpu::AMDGPUDialect",
                           "::mlir::cf::ControlFlowDialect", "::mlir::memref::MemRefDialect"];
}
#endif // CRIA_CONVERTGPU_TD
