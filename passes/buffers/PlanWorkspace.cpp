//===- PlanWorkspace.cpp - Values between kernels in one workspace --------===//
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "passes/Passes.h"
#include "passes/buffers/Placement.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_PLANWORKSPACEPASS
#include "passes/Passes.h.inc"

namespace {

/// The allocation inside of `kernel` that `buffer` is part of, if there is one.
memref::AllocOp privateMemoryOf(Value buffer, KernelOp kernel) {
  while (Operation *op = buffer.getDefiningOp()) {
    if (!kernel->isProperAncestor(op))
      return {};
    if (auto alloc = dyn_cast<memref::AllocOp>(op))
      return alloc;
    auto view = dyn_cast<ViewLikeOpInterface>(op);
    if (!view)
      return {};
    buffer = view.getViewSource();
  }
  return {};
}

/// Moves `op` and what it needs in front of `kernel`. Fails if some of that has effects.
LogicalResult moveOut(Operation *op, KernelOp kernel) {
  for (Value operand : op->getOperands())
    if (Operation *needed = operand.getDefiningOp(); needed && kernel->isProperAncestor(needed))
      if (!isPure(needed) || failed(moveOut(needed, kernel)))
        return failure();
  op->moveBefore(kernel);
  return success();
}

/// Moves the memory of what `kernel` yields to its outside, and views of memory that is there.
LogicalResult moveResultsOut(KernelOp kernel) {
  for (Value yielded : kernel.getYield().getValues()) {
    if (memref::AllocOp alloc = privateMemoryOf(yielded, kernel))
      if (failed(moveOut(alloc, kernel)))
        return alloc.emitOpError("is a result of its kernel, but its size is computed inside");
    auto view = yielded.getDefiningOp<ViewLikeOpInterface>();
    if (view && kernel->isProperAncestor(view) && isPure(view))
      (void)moveOut(view, kernel);
  }
  return success();
}

struct PlanWorkspace : impl::PlanWorkspacePassBase<PlanWorkspace> {
  /// Bytes that `func` needs, or failure.
  FailureOr<int64_t> plan(func::FuncOp func) {
    if (func.getNumResults())
      return func.emitOpError() << "@" << func.getName()
                                << " returns memory that it allocates: a result is not one of its "
                                   "arguments";
    Placement placement;
    auto result = func.walk<WalkOrder::PreOrder>([&](Operation *op) -> WalkResult {
      if (auto kernel = dyn_cast<KernelOp>(op))
        return failed(moveResultsOut(kernel)) ? WalkResult::interrupt() : WalkResult::advance();
      if (isa<memref::DeallocOp>(op))
        op->erase();
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      return failure();
    result = func.walk<WalkOrder::PreOrder>([&](Operation *op) -> WalkResult {
      if (isa<KernelOp>(op))
        return WalkResult::skip();
      if (isa<memref::AllocOp>(op) && failed(placement.add(op, "workspace")))
        return WalkResult::interrupt();
      return WalkResult::advance();
    });
    auto type = MemRefType::get({placement.bytes()}, IntegerType::get(&getContext(), 8));
    if (result.wasInterrupted() ||
        failed(func.insertArgument(func.getNumArguments(), type, {}, func.getLoc())))
      return failure();
    placement.replace(func.getArguments().back());
    return placement.bytes();
  }

  void runOnOperation() override {
    int64_t largest = 0;
    for (auto func : getOperation().getOps<func::FuncOp>()) {
      if (func.isDeclaration())
        continue;
      FailureOr<int64_t> bytes = plan(func);
      if (failed(bytes))
        return signalPassFailure();
      largest = std::max(largest, *bytes);
    }
    getOperation()->setAttr("cria.workspace_bytes",
                            Builder(&getContext()).getI64IntegerAttr(largest));
  }
};

} // namespace
} // namespace cria
