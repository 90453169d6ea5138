//===- ConvertGpu.cpp - Kernels in the dialect of a vendor ----------------===//
#include "dialect/base/Target.h"
#include "mlir/Dialect/AMDGPU/IR/AMDGPUDialect.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/LLVMIR/ROCDLDialect.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "passes/Passes.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_CONVERTGPUPASS
#include "passes/Passes.h.inc"

namespace {

struct ConvertGpu : impl::ConvertGpuPassBase<ConvertGpu> {
  void runOnOperation() override {
    std::string dialect = TargetInfo::of(getOperation()).dialect;
    if (dialect != NVVM::NVVMDialect::getDialectNamespace() &&
        dialect != ROCDL::ROCDLDialect::getDialectNamespace()) {
      getOperation().emitError("is for a GPU whose dialect is neither nvvm nor rocdl, but \"")
          << dialect << "\"";
      return signalPassFailure();
    }
    OpPassManager conversion(gpu::GPUModuleOp::getOperationName());
    if (failed(parsePassPipeline("convert-gpu-to-" + dialect +
                                     "{index-bitwidth=64 use-bare-ptr-memref-call-conv=true}",
                                 conversion)) ||
        failed(runPipeline(conversion, getOperation())))
      signalPassFailure();
  }
};

} // namespace
} // namespace cria
