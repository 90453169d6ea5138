//===- PlaceBlockMemory.cpp - What the threads of a block share -----------===//
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/Interfaces/ValueBoundsOpInterface.h"
#include "passes/Passes.h"
#include "passes/buffers/Placement.h"
#include "passes/gpu/Block.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_PLACEBLOCKMEMORYPASS
#include "passes/Passes.h.inc"

namespace {

constexpr int64_t alignment = 64;

MemRefType bytesType(MLIRContext *context, int64_t bytes, Attribute space = {}) {
  return MemRefType::get({bytes}, IntegerType::get(context, 8), MemRefLayoutAttrInterface(), space);
}

/// Where a kernel has what it allocates.
struct Plan {
  gpu::GPUFuncOp kernel;
  gpu::LaunchFuncOp launch;
  Placement workgroup, scratch;
  std::array<int64_t, 3> blocks = {1, 1, 1}; ///< of a launch, at most, in each dimension

  /// Bytes of the scratch of all blocks.
  int64_t scratchBytes() const { return blocks[0] * blocks[1] * blocks[2] * scratch.bytes(); }
};

LogicalResult place(Plan &plan) {
  auto result = plan.kernel.walk([&](memref::AllocOp alloc) {
    std::optional<int64_t> bytes = Placement::bytesOf(alloc);
    bool fits = bytes && plan.workgroup.bytes() + *bytes <= blockBytes;
    return failed(fits ? plan.workgroup.add(alloc, "workgroup memory")
                       : plan.scratch.add(alloc, "scratch"))
               ? WalkResult::interrupt()
               : WalkResult::advance();
  });
  if (result.wasInterrupted())
    return failure();
  if (plan.scratch.bytes() == 0)
    return success();
  gpu::KernelDim3 grid = plan.launch.getGridSizeOperandValues();
  for (auto [most, extent] : llvm::zip_equal(plan.blocks, std::array{grid.x, grid.y, grid.z})) {
    auto bound = ValueBoundsConstraintSet::computeConstantBound(presburger::BoundType::UB, extent,
                                                                nullptr, /*closedUB=*/true);
    if (failed(bound))
      return plan.launch.emitOpError("has an unbounded grid, so its scratch has no size");
    most = *bound;
  }
  return success();
}

void useWorkgroup(Plan &plan) {
  if (plan.workgroup.bytes() == 0)
    return;
  MLIRContext *context = plan.kernel.getContext();
  auto space = gpu::AddressSpaceAttr::get(context, gpu::AddressSpace::Workgroup);
  Value memory = plan.kernel.addWorkgroupAttribution(
      bytesType(context, plan.workgroup.bytes(), space), plan.kernel.getLoc());
  ImplicitLocOpBuilder b(plan.kernel.getLoc(), context);
  plan.kernel.setWorkgroupAttributionAttr(0, LLVM::LLVMDialect::getAlignAttrName(),
                                          b.getI64IntegerAttr(alignment));
  b.setInsertionPointToStart(&plan.kernel.getBody().front());
  plan.workgroup.replace(
      memref::MemorySpaceCastOp::create(b, bytesType(context, plan.workgroup.bytes()), memory));
}

/// A part of `scratch`, an argument of the kernel, that is the block's.
void useScratch(Plan &plan, Value scratch) {
  ImplicitLocOpBuilder b(plan.kernel.getLoc(), plan.kernel.getContext());
  b.setInsertionPointToStart(&plan.kernel.getBody().front());
  // Blocks are numbered as if each dimension were as long as it may be: how long it is would have
  // to be an argument, as not every GPU can tell.
  AffineExpr number = getAffineConstantExpr(0, b.getContext());
  SmallVector<Value> place;
  int64_t below = 1;
  std::array axes{gpu::Dimension::x, gpu::Dimension::y, gpu::Dimension::z};
  for (auto [axis, most] : llvm::zip_equal(axes, plan.blocks)) {
    if (most == 1)
      continue;
    number = number + getAffineDimExpr(place.size(), b.getContext()) * below;
    place.push_back(gpu::BlockIdOp::create(b, axis));
    below *= most;
  }
  Value at = affine::AffineApplyOp::create(
      b, AffineMap::get(place.size(), 0, number * plan.scratch.bytes()), place);
  plan.scratch.replace(memref::ViewOp::create(b, bytesType(b.getContext(), plan.scratch.bytes()),
                                              scratch, at, ValueRange()));
}

struct PlaceBlockMemory : impl::PlaceBlockMemoryPassBase<PlaceBlockMemory> {
  FailureOr<SmallVector<Plan>> plan() {
    SmallVector<Plan> plans;
    auto result = getOperation().walk([&](gpu::LaunchFuncOp launch) {
      Plan plan;
      plan.launch = launch;
      plan.kernel =
          SymbolTable::lookupNearestSymbolFrom<gpu::GPUFuncOp>(launch, launch.getKernel());
      if (failed(place(plan)))
        return WalkResult::interrupt();
      plans.push_back(std::move(plan));
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      return failure();
    return plans;
  }

  void runOnOperation() override {
    FailureOr<SmallVector<Plan>> plans = plan();
    if (failed(plans))
      return signalPassFailure();
    int64_t largest = 0;
    for (const Plan &plan : *plans)
      largest = std::max(largest, plan.scratchBytes());
    MemRefType type = bytesType(&getContext(), largest);
    for (auto func : getOperation().getOps<func::FuncOp>())
      if (!func.isDeclaration() &&
          failed(func.insertArgument(func.getNumArguments(), type, {}, func.getLoc())))
        return signalPassFailure();
    for (Plan &plan : *plans) {
      useWorkgroup(plan);
      if (plan.scratch.bytes() == 0)
        continue;
      unsigned last = plan.kernel.getNumArguments();
      if (failed(plan.kernel.insertArgument(last, type, {}, plan.kernel.getLoc())))
        return signalPassFailure();
      auto entry = plan.launch->getParentOfType<func::FuncOp>();
      plan.launch.getKernelOperandsMutable().append(entry.getArguments().back());
      useScratch(plan, plan.kernel.getArgument(last));
    }
    getOperation()->setAttr("cria.scratch_bytes",
                            Builder(&getContext()).getI64IntegerAttr(largest));
  }
};

} // namespace
} // namespace cria
