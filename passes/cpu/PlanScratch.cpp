//===- PlanScratch.cpp - Private memory of threads ------------------------===//
#include "passes/Passes.h"
#include "passes/buffers/KernelFunctions.h"
#include "passes/buffers/Placement.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_PLANSCRATCHPASS
#include "passes/Passes.h.inc"

namespace {

struct PlanScratch : impl::PlanScratchPassBase<PlanScratch> {
  void runOnOperation() override {
    SmallVector<std::pair<func::FuncOp, Placement>> plans;
    int64_t largest = 0;
    for (auto func : getOperation().getOps<func::FuncOp>()) {
      if (func.isDeclaration())
        continue;
      Placement placement;
      auto result = func.walk([&](Operation *op) {
        bool allocates = isa<memref::AllocOp, memref::AllocaOp>(op);
        return allocates && failed(placement.add(op, "scratch")) ? WalkResult::interrupt()
                                                                 : WalkResult::advance();
      });
      if (result.wasInterrupted())
        return signalPassFailure();
      largest = std::max(largest, placement.bytes());
      plans.emplace_back(func, std::move(placement));
    }
    Builder b(&getContext());
    auto type = MemRefType::get({largest}, b.getI8Type());
    for (auto &[func, placement] : plans) {
      if (failed(func.insertArgument(func.getNumArguments(), type, {}, func.getLoc())))
        return signalPassFailure();
      placement.replace(func.getArguments().back());
    }
    for (auto &[func, placement] : plans)
      func.walk([&, scratch = func.getArguments().back()](func::CallOp call) {
        auto callee = getOperation().lookupSymbol<func::FuncOp>(call.getCallee());
        if (isKernel(callee))
          call.getOperandsMutable().append(scratch);
      });
    getOperation()->setAttr("cria.scratch_bytes", b.getI64IntegerAttr(largest));
  }
};

} // namespace
} // namespace cria
