//===- PlanWorkspace.cpp - Intermediates in one workspace -----------------===//
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/Interfaces/ValueBoundsOpInterface.h"
#include "passes/Passes.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_PLANWORKSPACEPASS
#include "passes/Passes.h.inc"

namespace {

/// Alignment of every intermediate: a cache line, which is also the widest vector.
constexpr int64_t alignment = 64;
/// Upper bound of a workspace; sums of a few such sizes do not overflow.
constexpr int64_t most = int64_t(1) << 48;
/// Bytes that the tiles of a parallel loop may use on a thread's stack: half of the smallest usual
/// stack. Anything beyond goes to the workspace, once per tile.
constexpr int64_t mostOnStack = int64_t(1) << 20;

/// Bytes of a buffer, rounded up to the alignment of the next. A partial last tile has a dynamic
/// size; space for a full tile is reserved.
FailureOr<int64_t> sizeOf(memref::AllocOp alloc) {
  MemRefType type = alloc.getType();
  auto fail = [&](const char *why) {
    return alloc.emitOpError() << why << ", so it cannot be placed in the workspace";
  };
  if (!type.getElementType().isIntOrFloat() || !type.getLayout().isIdentity())
    return fail("is not a plain array of numbers");
  int64_t bytes = llvm::divideCeil(type.getElementTypeBitWidth(), 8);
  for (unsigned i = 0; i < type.getRank(); ++i) {
    int64_t size = type.getDimSize(i);
    if (ShapedType::isDynamic(size)) {
      auto bound = ValueBoundsConstraintSet::computeConstantBound(
          presburger::BoundType::UB, {alloc.getResult(), int64_t(i)}, nullptr, /*closedUB=*/true);
      if (failed(bound))
        return fail("has an unbounded dynamic size");
      size = *bound;
    }
    if (llvm::MulOverflow(bytes, size, bytes) || bytes > most)
      return fail("is too large");
  }
  return int64_t(llvm::alignTo(bytes, alignment));
}

/// Number of tiles of a parallel loop; 0 if unknown.
int64_t tilesOf(scf::ForallOp loop) {
  int64_t tiles = 1;
  for (auto [lower, upper, step] :
       llvm::zip_equal(loop.getMixedLowerBound(), loop.getMixedUpperBound(), loop.getMixedStep())) {
    auto trips = constantTripCount(lower, upper, step, /*isSigned=*/true, scf::computeUbMinusLb);
    tiles *= trips ? trips->getSExtValue() : 0;
  }
  return tiles;
}

/// Offset of the `size` bytes of the current tile of `loop`; those of the first are at `begin`.
Value placeOfTile(OpBuilder &b, scf::ForallOp loop, int64_t begin, int64_t size) {
  ImplicitLocOpBuilder at(loop.getLoc(), b);
  auto index = [&](int64_t value) -> Value { return arith::ConstantIndexOp::create(at, value); };
  Value tile = index(0);
  for (auto [iv, lower, upper, step] :
       llvm::zip_equal(loop.getInductionVars(), loop.getStaticLowerBound(),
                       loop.getStaticUpperBound(), loop.getStaticStep())) {
    Value number =
        arith::DivUIOp::create(at, arith::SubIOp::create(at, iv, index(lower)), index(step));
    Value before = arith::MulIOp::create(at, tile, index(llvm::divideCeil(upper - lower, step)));
    tile = arith::AddIOp::create(at, before, number);
  }
  return arith::AddIOp::create(at, index(begin), arith::MulIOp::create(at, tile, index(size)));
}

struct PlanWorkspace : impl::PlanWorkspacePassBase<PlanWorkspace> {
  /// Bytes that `func` needs, or failure.
  FailureOr<int64_t> plan(func::FuncOp func) {
    if (func.getNumResults())
      return func.emitOpError() << "@" << func.getName()
                                << " returns memory that it allocates: a result is not one of its "
                                   "arguments";
    struct Place {
      memref::AllocOp alloc;
      int64_t size, begin; ///< `begin` is an offset into the workspace, or none on a stack
    };
    SmallVector<Place> inWorkspace, onStack;
    llvm::MapVector<Operation *, int64_t> stacks; // bytes per parallel loop
    int64_t bytes = 0;
    auto result = func.walk([&](memref::AllocOp alloc) -> WalkResult {
      FailureOr<int64_t> size = sizeOf(alloc);
      if (failed(size))
        return WalkResult::interrupt();
      auto loop = alloc->getParentOfType<scf::ForallOp>();
      if (loop && stacks[loop] + *size <= mostOnStack) {
        stacks[loop] += *size;
        onStack.push_back({alloc, *size, 0});
        return WalkResult::advance();
      }
      inWorkspace.push_back({alloc, *size, bytes});
      int64_t copies = loop ? tilesOf(loop) : 1;
      if (copies && !llvm::MulOverflow(*size, copies, *size) &&
          !llvm::AddOverflow(bytes, *size, bytes) && bytes <= most)
        return WalkResult::advance();
      alloc.emitOpError("is too large, so it cannot be placed in the workspace");
      return WalkResult::interrupt();
    });
    if (result.wasInterrupted())
      return failure();
    func.walk([](memref::DeallocOp dealloc) { dealloc.erase(); });

    OpBuilder b(&getContext());
    auto replace = [&](memref::AllocOp alloc, Value memory, Value at) {
      Value view = memref::ViewOp::create(b, alloc.getLoc(), alloc.getType(), memory, at,
                                          alloc.getDynamicSizes());
      alloc.replaceAllUsesWith(view);
      alloc.erase();
    };
    for (auto [alloc, size, begin] : onStack) {
      b.setInsertionPoint(alloc);
      Value memory =
          memref::AllocaOp::create(b, alloc.getLoc(), MemRefType::get({size}, b.getI8Type()),
                                   b.getI64IntegerAttr(alignment));
      replace(alloc, memory, arith::ConstantIndexOp::create(b, alloc.getLoc(), 0));
    }
    auto type = MemRefType::get({bytes}, b.getI8Type());
    if (failed(func.insertArgument(func.getNumArguments(), type, {}, func.getLoc())))
      return failure();
    Value workspace = func.getArguments().back();
    for (auto [alloc, size, begin] : inWorkspace) {
      b.setInsertionPoint(alloc);
      auto loop = alloc->getParentOfType<scf::ForallOp>();
      Value at = loop ? placeOfTile(b, loop, begin, size)
                      : arith::ConstantIndexOp::create(b, alloc.getLoc(), begin);
      replace(alloc, workspace, at);
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
