//===- Fuser.cpp - Merging kernels, with remarks --------------------------===//
#include "passes/fuse/Fuser.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Transforms/RegionUtils.h"
#include "passes/fuse/Kernels.h"
#include "passes/loops/Grid.h"
#include "report/StepCost.h"

using namespace mlir;

namespace cria {
namespace {

remark::RemarkOpts named(StringRef fusion, func::FuncOp func) {
  return remark::RemarkOpts::name(fusion).category("fusion").function(func.getSymName());
}

} // namespace

Fuser::Fuser(StringRef fusion, func::FuncOp func)
    : fusion(fusion), func(func), step{0, report::mostTokens(func)},
      theRewriter(func.getContext()) {}

Operation *Fuser::producerOf(Value value) {
  Operation *op = value.getDefiningOp();
  while (op) {
    if (auto kernel = dyn_cast<KernelOp>(op)) {
      value = kernel.getYield().getValues()[cast<OpResult>(value).getResultNumber()];
    } else if (isa<tensor::ExpandShapeOp, tensor::CollapseShapeOp>(op)) {
      value = op->getOperand(0);
    } else {
      return op;
    }
    op = value.getDefiningOp();
  }
  return nullptr;
}

bool Fuser::isOnlyFor(Operation *producer, Operation *user) {
  auto goesTo = [&](auto &self, Value value) -> bool {
    return llvm::all_of(value.getUses(), [&](OpOperand &use) {
      Operation *reader = use.getOwner();
      if (isa<YieldOp>(reader))
        return self(self, reader->getParentOp()->getResult(use.getOperandNumber()));
      if (isa<tensor::ExpandShapeOp, tensor::CollapseShapeOp>(reader))
        return self(self, reader->getResult(0));
      return reader == user;
    });
  };
  return llvm::all_of(producer->getResults(), [&](Value made) { return goesTo(goesTo, made); });
}

/// Merges copies of two kernels, of which the second can be moved to the first, to see if they are
/// one grid together; empty if so.
static std::string whyNotOneGrid(RewriterBase &rewriter, KernelOp first, KernelOp second) {
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPointAfter(first);
  IRMapping copies;
  auto copyOfFirst = cast<KernelOp>(rewriter.clone(*first, copies));
  auto copyOfSecond = cast<KernelOp>(rewriter.clone(*second, copies));
  SmallVector<Value> alsoRead; // by ops outside
  for (Value result : first.getResults())
    if (llvm::any_of(result.getUsers(), [&](Operation *op) { return !second->isAncestor(op); }))
      alsoRead.push_back(copies.lookup(result));
  // A user that stands for those outside.
  auto readers = UnrealizedConversionCastOp::create(rewriter, first.getLoc(),
                                                    TypeRange(rewriter.getIndexType()), alsoRead);
  KernelOp merged = mergeKernels(rewriter, copyOfFirst, copyOfSecond);
  std::string why = Grid(merged).fault().str();
  rewriter.eraseOp(readers);
  rewriter.eraseOp(merged);
  return why;
}

LogicalResult Fuser::merge(Operation *producer, Operation *consumer) {
  auto first = producer->getParentOfType<KernelOp>();
  auto second = consumer->getParentOfType<KernelOp>();
  if (first == second)
    return success();
  if (first->getBlock() != second->getBlock())
    return missed(consumer, "its input is computed outside of its loop");
  if (failed(bringForward(theRewriter, second, first)))
    return missed(consumer, "its other inputs depend on the one it would be fused with");
  if (std::string why = whyNotOneGrid(theRewriter, first, second); !why.empty())
    return missed(consumer, why);
  applied(consumer, [&] { mergeKernels(theRewriter, first, second); });
  return success();
}

void Fuser::applied(Operation *op, function_ref<void()> change) {
  Location loc = op->getLoc();
  auto name = op->getName().stripDialect().str();
  int64_t before = bytesOfStep();
  change();
  remark::passed(loc, named(fusion, func)) << remark::metric("op", StringRef(name))
                                           << remark::metric("bytes_saved", before - bytesOfStep());
}

LogicalResult Fuser::missed(Operation *op, StringRef why) {
  remark::missed(op->getLoc(), named(fusion, func))
      << remark::metric("op", op->getName().stripDialect()) << remark::reason("{0}", why.str());
  return failure();
}

int64_t Fuser::bytesOfStep() { return report::stepCost(func, step).bytes(); }

} // namespace cria
