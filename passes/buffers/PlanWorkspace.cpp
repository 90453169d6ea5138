//===- PlanWorkspace.cpp - Intermediates to one block of memory -----------===//
#include "passes/Passes.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_PLANWORKSPACEPASS
#include "passes/Passes.h.inc"

namespace {

/// Every intermediate begins on a cache line, which is also the widest vector.
constexpr int64_t alignment = 64;
/// No workspace is larger; sums of such sizes do not overflow.
constexpr int64_t most = int64_t(1) << 48;
/// What the tiles of a parallel loop may put on a thread's stack, half of the least that is
/// usual for one.
constexpr int64_t mostOnStack = int64_t(1) << 20;

/// Bytes of a buffer of `type`, up to where the next may begin.
FailureOr<int64_t> sizeOf(memref::AllocOp alloc) {
  MemRefType type = alloc.getType();
  auto fail = [&](const char *why) {
    return alloc.emitOpError() << why << ", so no place can be planned for it";
  };
  if (!type.hasStaticShape())
    return fail("has a dynamic size");
  if (!type.getElementType().isIntOrFloat() || !type.getLayout().isIdentity())
    return fail("is not a plain array of numbers");
  int64_t bytes = llvm::divideCeil(type.getElementTypeBitWidth(), 8);
  for (int64_t size : type.getShape())
    if (llvm::MulOverflow(bytes, size, bytes) || bytes > most)
      return fail("is too large");
  return int64_t(llvm::alignTo(bytes, alignment));
}

struct PlanWorkspace : impl::PlanWorkspacePassBase<PlanWorkspace> {
  /// Bytes that `func` needs, or failure.
  FailureOr<int64_t> plan(func::FuncOp func) {
    if (func.getNumResults())
      return func.emitOpError() << "@" << func.getName()
                                << " returns memory of its own: a result is not one of its "
                                   "arguments";
    SmallVector<std::pair<memref::AllocOp, int64_t>> allocs;
    SmallVector<memref::AllocOp> ofTiles;
    int64_t bytes = 0;
    llvm::MapVector<Operation *, int64_t> stack; // of each parallel loop
    auto result = func.walk([&](memref::AllocOp alloc) -> WalkResult {
      FailureOr<int64_t> size = sizeOf(alloc);
      if (failed(size))
        return WalkResult::interrupt();
      if (auto loop = alloc->getParentOfType<scf::ForallOp>()) {
        ofTiles.push_back(alloc);
        if ((stack[loop] += *size) > mostOnStack) {
          alloc.emitOpError() << "and its neighbours are " << stack[loop]
                              << " bytes for one tile, more than the " << mostOnStack
                              << " that a thread's stack has for them";
          return WalkResult::interrupt();
        }
        return WalkResult::advance();
      }
      allocs.push_back({alloc, bytes});
      bytes += *size;
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      return failure();
    func.walk([](memref::DeallocOp dealloc) { dealloc.erase(); });

    OpBuilder b(&getContext());
    for (memref::AllocOp alloc : ofTiles) {
      b.setInsertionPoint(alloc);
      auto onStack = memref::AllocaOp::create(b, alloc.getLoc(), alloc.getType(),
                                              b.getI64IntegerAttr(alignment));
      alloc.replaceAllUsesWith(onStack.getResult());
      alloc.erase();
    }
    auto type = MemRefType::get({bytes}, b.getI8Type());
    if (failed(func.insertArgument(func.getNumArguments(), type, {}, func.getLoc())))
      return failure();
    Value workspace = func.getArguments().back();
    for (auto [alloc, offset] : allocs) {
      b.setInsertionPoint(alloc);
      Value at = arith::ConstantIndexOp::create(b, alloc.getLoc(), offset);
      Value view =
          memref::ViewOp::create(b, alloc.getLoc(), alloc.getType(), workspace, at, ValueRange());
      alloc.replaceAllUsesWith(view);
      alloc.erase();
    }
    return bytes;
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
