//===- SplitProducts.cpp - Products apart from what coarsens their grid ---===//
#include "dialect/base/Target.h"
#include "mlir/Analysis/SliceAnalysis.h"
#include "passes/Passes.h"
#include "passes/fuse/KernelNames.h"
#include "passes/loops/Grid.h"
#include "report/StepCost.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_SPLITPRODUCTSPASS
#include "passes/Passes.h.inc"

namespace {

using Ops = llvm::SetVector<Operation *>;

/// The linears of `kernel`, and what they are computed from.
Ops productsOf(KernelOp kernel) {
  Ops found;
  BackwardSliceOptions inside;
  inside.inclusive = true;
  inside.filter = [&](Operation *op) { return op->getParentOp() == kernel; };
  for (auto linear : kernel.getBody().getOps<LinearOp>())
    (void)getBackwardSlice(linear.getOperation(), &found, inside);
  return found;
}

/// Whether an op of `kernel` computes with what `products` make.
bool isReadByOthers(KernelOp kernel, const Ops &products) {
  return llvm::any_of(kernel.getBody().getOps<TileMapOpInterface>(),
                      [&](Operation *op) { return !products.contains(op); });
}

/// Two kernels that compute together what one does, which is still there.
class Halves {
public:
  Halves(RewriterBase &rewriter, KernelOp kernel, const Ops &products)
      : rewriter(rewriter), kernel(kernel) {
    rewriter.setInsertionPoint(kernel);
    makeFirst(products);
    rewriter.setInsertionPoint(kernel);
    makeSecond();
  }

  KernelOp products, rest;

  void useInstead() {
    unsigned next = 0;
    for (auto [result, yielded] :
         llvm::zip_equal(kernel.getResults(), kernel.getYield().getValues())) {
      Value made = between.lookupOrNull(yielded);
      rewriter.replaceAllUsesWith(result, made ? made : rest.getResult(next++));
    }
    rewriter.eraseOp(kernel);
  }
  void erase() {
    rewriter.eraseOp(rest);
    rewriter.eraseOp(products);
  }

private:
  void makeFirst(const Ops &ops) {
    SmallVector<Value> made;
    for (auto linear : kernel.getBody().getOps<LinearOp>())
      if (llvm::any_of(linear->getUsers(), [&](Operation *user) { return !ops.contains(user); }))
        made.push_back(linear->getResult(0));
    products = KernelOp::create(rewriter, kernel.getLoc(), ValueRange(made).getTypes(),
                                kernel.getName(), ScheduleAttr());
    rewriter.createBlock(&products.getBody());
    IRMapping inside;
    for (Operation &op : kernel.getBody().front())
      if (ops.contains(&op))
        rewriter.clone(op, inside);
    auto yielded = llvm::map_to_vector(made, [&](Value value) { return inside.lookup(value); });
    YieldOp::create(rewriter, kernel.getLoc(), yielded);
    between.map(ValueRange(made), products.getResults());
  }

  void makeSecond() {
    SmallVector<Value> yielded = llvm::to_vector(llvm::make_filter_range(
        kernel.getYield().getValues(), [&](Value value) { return !between.contains(value); }));
    rest = KernelOp::create(rewriter, kernel.getLoc(), ValueRange(yielded).getTypes(), StringRef(),
                            ScheduleAttr());
    Block *body = rewriter.createBlock(&rest.getBody());
    IRMapping inside(between);
    for (Operation &op : kernel.getBody().front().without_terminator())
      if (!isa<LinearOp>(op))
        rewriter.clone(op, inside);
    for (Value &value : yielded)
      value = inside.lookupOrDefault(value);
    YieldOp::create(rewriter, kernel.getLoc(), yielded);
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(*body)))
      if (isOpTriviallyDead(&op))
        rewriter.eraseOp(&op);
    rest.setName(describe(rest));
  }

  RewriterBase &rewriter;
  KernelOp kernel;
  IRMapping between; ///< results of linears, to those of the first kernel
};

/// Bytes that the busiest core moves, and operations in bytes that it could move in their time.
int64_t workOfCore(KernelOp kernel, const Grid &grid, const TargetInfo &target) {
  constexpr int64_t flopsPerByte = 10; // of a core; CPUs and GPUs have 5 to 20
  Step step{0, report::mostTokens(kernel->getParentOfType<func::FuncOp>())};
  Cost cost = kernel.getCost(step);
  return (cost.bytes() + cost.flops / flopsPerByte) / std::min(grid.extent(), target.cores);
}

bool isWorthwhile(KernelOp kernel, const Halves &halves, const TargetInfo &target) {
  Grid products(halves.products), rest(halves.rest);
  if (!products.fault().empty() || !rest.fault().empty() || rest.groups().empty())
    return false;
  int64_t before = workOfCore(kernel, Grid(kernel), target),
          after =
              workOfCore(halves.products, products, target) + workOfCore(halves.rest, rest, target);
  return before - after > target.l1Bytes;
}

/// Makes the tiles of `kernel` as small as can be, so that each needs few of those before.
void useFineTiles(KernelOp kernel) {
  Grid grid(kernel);
  const TileGroup &first = grid.groups().front();
  SmallVector<int64_t> tiles(first.root().getLoopIteratorTypes().size(), 0);
  tiles[first.loop()] = first.extent() / grid.extent();
  kernel.setScheduleAttr(
      ScheduleAttr::get(kernel.getContext(), tiles, UnitKind::fma, {}, 0, 0, 1, 0));
}

struct SplitProducts : impl::SplitProductsPassBase<SplitProducts> {
  void runOnOperation() override {
    TargetInfo target = TargetInfo::of(getOperation());
    SmallVector<KernelOp> kernels;
    getOperation()->walk([&](KernelOp kernel) { kernels.push_back(kernel); });
    IRRewriter rewriter(&getContext());
    for (KernelOp kernel : kernels) {
      Grid grid(kernel);
      if (grid.groups().empty() || grid.extent() >= target.cores)
        continue;
      Ops products = productsOf(kernel);
      if (products.empty() || !isReadByOthers(kernel, products))
        continue;
      Halves halves(rewriter, kernel, products);
      if (!isWorthwhile(kernel, halves, target)) {
        halves.erase();
        continue;
      }
      halves.useInstead();
      if (target.backend == Backend::gpu)
        useFineTiles(halves.rest);
    }
  }
};

} // namespace
} // namespace cria
