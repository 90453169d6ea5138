//===- OverlapLaunches.cpp - Kernels that begin early ---------------------===//
#include "dialect/base/Target.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "passes/Passes.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_OVERLAPLAUNCHESPASS
#include "passes/Passes.h.inc"

namespace {

struct OverlapLaunches : impl::OverlapLaunchesPassBase<OverlapLaunches> {
  void runOnOperation() override {
    if (!TargetInfo::of(getOperation()).earlyLaunch)
      return;
    for (auto kernel : getOperation().getOps<gpu::GPUFuncOp>()) {
      ImplicitLocOpBuilder b(kernel.getLoc(), &getContext());
      b.setInsertionPointToStart(&kernel.getBody().front());
      for (auto kind : {NVVM::GridDepActionKind::wait, NVVM::GridDepActionKind::launch_dependents})
        NVVM::GriddepcontrolOp::create(b, kind);
    }
  }
};

} // namespace
} // namespace cria
