//===- Tail.cpp - A kernel at the end of another one ----------------------===//
#include "passes/gpu/Tail.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "passes/gpu/Block.h"

using namespace mlir;

namespace cria {

Grouping Grouping::all(const BlockId &blocks) {
  return {0, blocks[0], blocks[0] * blocks[1] * blocks[2]};
}

SmallVector<Grouping, 3> Grouping::even(const BlockId &blocks, int64_t groups) {
  SmallVector<Grouping, 3> found;
  for (auto [axis, count] : llvm::enumerate(blocks))
    if (count % groups == 0)
      found.push_back({unsigned(axis), count / groups, all(blocks).blocks / groups});
  return found;
}

namespace {

constexpr unsigned globalMemory = 1; // of NVPTX and AMDGPU
constexpr std::array axes{gpu::Dimension::x, gpu::Dimension::y, gpu::Dimension::z};

class TailBuilder {
public:
  TailBuilder(gpu::GPUFuncOp head, const Grouping &grouping, DeviceScope scope)
      : b(head.getLoc(), head.getBody().front().getTerminator()), head(head), grouping(grouping),
        scope(scope) {}

  void append(gpu::GPUFuncOp tail, ValueRange arguments, int64_t groups) {
    Value id = gpu::BlockIdOp::create(b, axes[grouping.axis]);
    Value group = affine::AffineApplyOp::create(
        b, AffineMap::get(0, 1, b.getAffineSymbolExpr(0).floorDiv(grouping.size)), ValueRange{id});
    if (grouping.blocks > 1)
      enterLast(group, groups);
    else
      gpu::BarrierOp::create(b);
    IRMapping known;
    known.map(tail.getArguments(), arguments);
    for (Operation &op : tail.getBody().front().without_terminator())
      if (auto number = dyn_cast<gpu::BlockIdOp>(op))
        known.map(number.getResult(),
                  number.getDimension() == gpu::Dimension::x ? group : index(0));
      else
        b.clone(op, known);
  }

private:
  Value index(int64_t value) { return arith::ConstantIndexOp::create(b, value); }
  Value word(int64_t value) { return arith::ConstantIntOp::create(b, b.getI32Type(), value); }

  /// Counts the block in, and goes on where it is the last of its group.
  void enterLast(Value group, int64_t groups) {
    // A block counts when all of its threads have written.
    if (!scope.cumulative)
      fence(LLVM::AtomicOrdering::release);
    gpu::BarrierOp::create(b);
    Value seen = memref::AllocOp::create(b, MemRefType::get({1}, b.getI32Type()));
    Value thread = gpu::ThreadIdOp::create(b, gpu::Dimension::x);
    Value first = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, thread, index(0));
    auto counting = scf::IfOp::create(b, first);
    counting->setAttr(oneThreadName, b.getUnitAttr());
    {
      OpBuilder::InsertionGuard guard(b);
      b.setInsertionPointToStart(counting.thenBlock());
      Value place =
          LLVM::GEPOp::create(b, LLVM::LLVMPointerType::get(b.getContext(), globalMemory),
                              b.getI32Type(), LLVM::AddressOfOp::create(b, makeCounters(groups)),
                              ValueRange{arith::IndexCastOp::create(b, b.getI64Type(), group)});
      // NVPTX drops the order of this operation, so that fences must say it. The last of a group
      // makes the count 0 again.
      fence(LLVM::AtomicOrdering::release);
      Value before = LLVM::AtomicRMWOp::create(b, LLVM::AtomicBinOp::uinc_wrap, place,
                                               word(grouping.blocks - 1),
                                               LLVM::AtomicOrdering::monotonic, scope.name);
      fence(LLVM::AtomicOrdering::acquire);
      memref::StoreOp::create(b, before, seen, index(0));
    }
    gpu::BarrierOp::create(b);
    Value before = memref::LoadOp::create(b, seen, index(0));
    auto last = scf::IfOp::create(
        b, arith::CmpIOp::create(b, arith::CmpIPredicate::eq, before, word(grouping.blocks - 1)));
    b.setInsertionPointToStart(last.thenBlock());
    if (!scope.cumulative)
      fence(LLVM::AtomicOrdering::acquire);
  }

  void fence(LLVM::AtomicOrdering order) { LLVM::FenceOp::create(b, order, scope.name); }

  /// One for each group, 0 when the module is loaded.
  LLVM::GlobalOp makeCounters(int64_t groups) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPoint(head);
    auto zeros = DenseElementsAttr::get(RankedTensorType::get({groups}, b.getI32Type()),
                                        b.getI32IntegerAttr(0));
    return LLVM::GlobalOp::create(b, LLVM::LLVMArrayType::get(b.getI32Type(), unsigned(groups)),
                                  /*isConstant=*/false, LLVM::Linkage::Internal,
                                  (head.getName() + "_counters").str(), zeros,
                                  /*alignment=*/sizeof(int32_t), globalMemory);
  }

  ImplicitLocOpBuilder b;
  gpu::GPUFuncOp head;
  const Grouping &grouping;
  DeviceScope scope;
};

} // namespace

void appendTail(gpu::GPUFuncOp head, gpu::GPUFuncOp tail, ValueRange arguments,
                const Grouping &grouping, int64_t groups, DeviceScope scope) {
  TailBuilder(head, grouping, scope).append(tail, arguments, groups);
}

} // namespace cria
