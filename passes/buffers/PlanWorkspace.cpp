//===- PlanWorkspace.cpp - Intermediates to one block of memory -----------===//
#include "passes/Passes.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_PLANWORKSPACEPASS
#include "passes/Passes.h.inc"

namespace {

/// Every intermediate begins on a cache line, which is also the widest vector.
constexpr int64_t alignment = 64;

int64_t sizeOf(memref::AllocOp alloc) {
  MemRefType type = alloc.getType();
  return llvm::alignTo(type.getNumElements() * type.getElementTypeBitWidth() / 8, alignment);
}

struct PlanWorkspace : impl::PlanWorkspacePassBase<PlanWorkspace> {
  /// Bytes that `func` needs, or failure.
  FailureOr<int64_t> plan(func::FuncOp func) {
    if (func.getNumResults())
      return func.emitOpError() << "@" << func.getName()
                                << " returns memory of its own: a result is not one of its "
                                   "arguments";
    SmallVector<memref::AllocOp> allocs;
    int64_t bytes = 0;
    auto result = func.walk([&](memref::AllocOp alloc) -> WalkResult {
      if (!alloc.getType().hasStaticShape())
        return alloc.emitOpError("has a dynamic size, so no place can be planned for it");
      allocs.push_back(alloc);
      bytes += sizeOf(alloc);
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      return failure();
    func.walk([](memref::DeallocOp dealloc) { dealloc.erase(); });

    OpBuilder b(&getContext());
    auto type = MemRefType::get({bytes}, b.getI8Type());
    if (failed(func.insertArgument(func.getNumArguments(), type, {}, func.getLoc())))
      return failure();
    Value workspace = func.getArguments().back();
    int64_t offset = 0;
    for (memref::AllocOp alloc : allocs) {
      b.setInsertionPoint(alloc);
      Value at = arith::ConstantIndexOp::create(b, alloc.getLoc(), offset);
      Value view =
          memref::ViewOp::create(b, alloc.getLoc(), alloc.getType(), workspace, at, ValueRange());
      offset += sizeOf(alloc);
      alloc.replaceAllUsesWith(view);
      alloc.erase();
    }
    return bytes;
  }

  void runOnOperation() override {
    int64_t most = 0;
    for (auto func : getOperation().getOps<func::FuncOp>()) {
      FailureOr<int64_t> bytes = plan(func);
      if (failed(bytes))
        return signalPassFailure();
      most = std::max(most, *bytes);
    }
    getOperation()->setAttr("cria.workspace_bytes", Builder(&getContext()).getI64IntegerAttr(most));
  }
};

} // namespace
} // namespace cria
