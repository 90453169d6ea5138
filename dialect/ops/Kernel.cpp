//===- Kernel.cpp - Regions whose boundary is memory ----------------------===//
#include "dialect/Cria.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace cria;

YieldOp KernelOp::getYield() { return cast<YieldOp>(getBody().front().getTerminator()); }

LogicalResult KernelOp::verifyRegions() {
  YieldOp yield = getYield();
  if (yield.getOperandTypes() != getResultTypes())
    return emitOpError() << "kernel_c1: yields (" << yield.getOperandTypes() << ") but returns ("
                         << getResultTypes() << ")";
  if (auto outer = (*this)->getParentOfType<KernelOp>())
    return emitOpError() << "kernel_c2: is inside kernel \"" << outer.getName() << "\"";
  return success();
}

namespace {

/// Whether `value` depends on `variable`.
bool dependsOn(Value value, Value variable) {
  Operation *op = value.getDefiningOp();
  return value == variable || (op && llvm::any_of(op->getOperands(), [&](Value operand) {
                                 return dependsOn(operand, variable);
                               }));
}

/// The inputs of an op in a loop over tiles. Tiles that read the same slices are counted once: they
/// partition the work on them, as `attend_rows` does.
class TileInputs {
public:
  explicit TileInputs(CostOpInterface op) : loop(op->getParentOfType<scf::ForallOp>()) {
    for (OpOperand *input : cast<DestinationStyleOpInterface>(*op).getDpsInputOperands())
      if (auto slice = input->get().getDefiningOp<tensor::ExtractSliceOp>())
        slices.push_back({input, slice});
  }

  /// Different slices of all inputs together.
  int64_t tiles() { return countTiles(slices); }
  /// Calls `read` for each tensor with the bytes that all tiles read of it.
  void forEach(CostOpInterface op, Step step, function_ref<void(Value, int64_t)> read) {
    for (Slice &slice : slices)
      read(slice.second.getSource(), op.getBytesRead(*slice.first, step) * countTiles(slice));
  }

private:
  using Slice = std::pair<OpOperand *, tensor::ExtractSliceOp>;

  int64_t countTiles(ArrayRef<Slice> different) {
    int64_t count = 1;
    for (auto [variable, trips] :
         llvm::zip_equal(loop.getInductionVars(), loop.getStaticUpperBound()))
      if (llvm::any_of(different, [&](Slice slice) {
            return llvm::any_of(slice.second->getOperands().drop_front(),
                                [&](Value offset) { return dependsOn(offset, variable); });
          }))
        count *= ShapedType::isDynamic(trips) ? 1 : trips;
    return count;
  }

  scf::ForallOp loop;
  SmallVector<Slice> slices;
};

/// Calls `visit` for the ops of a kernel that are tiles of a loop, as `cria-split-rows` makes them.
void forEachTile(KernelOp kernel, function_ref<void(CostOpInterface)> visit) {
  for (auto loop : kernel.getBody().getOps<scf::ForallOp>())
    for (auto op : loop.getBody()->getOps<CostOpInterface>())
      visit(op);
}

/// Values that cross the boundary of a kernel.
class Border {
public:
  Border(KernelOp kernel, Step step) : body(&kernel.getBody().front()), step(step) {}

  /// Counts a read of `bytes` of `value`. Bytes written inside the kernel are not read from memory.
  /// The rest of an op's result was in its destination before, as are old rows of a cache.
  void read(Value value, int64_t bytes) {
    while (bytes > 0) {
      Operation *op = value.getDefiningOp();
      if (isOutside(value) || (isa<tensor::ExtractSliceOp>(op) && isOutside(op->getOperand(0)))) {
        int64_t &most = reads[value];
        most = std::max(most, bytes);
        return;
      }
      if (isa<CostOpInterface>(op)) {
        OpOperand &init = initOf(cast<OpResult>(value));
        bytes -= cast<CostOpInterface>(op).getBytesWritten(init, step);
        value = init.get();
      } else if (Value source = viewed(op)) {
        value = source;
      } else {
        return; // computed inside
      }
    }
  }

  void write(Value value) {
    if (isOutside(value))
      return;
    Operation *op = value.getDefiningOp();
    if (auto costly = dyn_cast<CostOpInterface>(op))
      writes[value] = costly.getBytesWritten(initOf(cast<OpResult>(value)), step);
    else if (isa<scf::ForallOp, linalg::CopyOp>(op))
      writes[value] = cria::detail::bytesOf(value, step);
    else if (Value source = viewed(op))
      write(source);
  }

  SmallVector<KernelOp::Crossing> crossings() const {
    SmallVector<KernelOp::Crossing> all;
    for (auto [value, bytes] : reads)
      all.push_back({value, bytes, 0});
    for (auto [value, bytes] : writes)
      all.push_back({value, 0, bytes});
    return all;
  }

private:
  bool isOutside(Value value) const {
    Operation *op = value.getDefiningOp();
    return !op || op->getBlock() != body || isa<WeightOp>(op);
  }

  static OpOperand &initOf(OpResult result) {
    auto dst = cast<DestinationStyleOpInterface>(result.getOwner());
    return *dst.getTiedOpOperand(result);
  }

  /// The tensor that `op` slices, reshapes, or inserts into another one.
  static Value viewed(Operation *op) {
    if (isa<tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::CastOp, tensor::ExtractSliceOp,
            tensor::InsertSliceOp>(op))
      return op->getOperand(0);
    return {};
  }

  Block *body;
  Step step;
  llvm::MapVector<Value, int64_t> reads, writes;
};

} // namespace

SmallVector<KernelOp::Crossing> KernelOp::getCrossings(Step step) {
  Border border(*this, step);
  for (auto op : getBody().getOps<CostOpInterface>())
    for (OpOperand &operand : op->getOpOperands())
      border.read(operand.get(), op.getBytesRead(operand, step));
  forEachTile(*this, [&](CostOpInterface op) {
    TileInputs(op).forEach(op, step, [&](Value from, int64_t bytes) { border.read(from, bytes); });
  });
  for (auto copy : getBody().getOps<linalg::CopyOp>())
    border.read(copy.getInputs()[0], cria::detail::bytesOf(copy.getInputs()[0], step));
  for (Value yielded : getYield().getValues())
    border.write(yielded);
  return border.crossings();
}

void KernelOp::populateBoundsForShapedValueDim(Value value, int64_t dim,
                                               ValueBoundsConstraintSet &constraints) {
  Value yielded = getYield().getValues()[cast<OpResult>(value).getResultNumber()];
  constraints.bound(value)[dim] == constraints.getExpr(yielded, dim);
}

Cost KernelOp::getCost(Step step) {
  Cost cost;
  for (auto op : getBody().getOps<CostOpInterface>())
    cost.flops += op.getCost(step).flops;
  forEachTile(*this, [&](CostOpInterface op) {
    cost.flops += op.getCost(step).flops * TileInputs(op).tiles();
  });
  for (const Crossing &crossing : getCrossings(step)) {
    cost.bytesRead += crossing.bytesRead;
    cost.bytesWritten += crossing.bytesWritten;
  }
  return cost;
}

namespace {

/// Drops unused results of a kernel, and replaces results that only pass a value through by that
/// value.
struct DropResults : OpRewritePattern<KernelOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(KernelOp op, PatternRewriter &rewriter) const override {
    YieldOp yield = op.getYield();
    SmallVector<Value> kept;
    SmallVector<OpResult> replaced;
    for (auto [result, value] : llvm::zip_equal(op.getResults(), yield.getValues())) {
      if (!op.getBody().isAncestor(value.getParentRegion())) {
        rewriter.replaceAllUsesWith(result, value);
      } else if (!result.use_empty()) {
        kept.push_back(value);
        replaced.push_back(result);
      }
    }
    if (kept.size() == op.getNumResults())
      return failure();
    auto smaller = KernelOp::create(rewriter, op.getLoc(), ValueRange(kept).getTypes(),
                                    op.getName(), op.getScheduleAttr());
    smaller->setDiscardableAttrs(op->getDiscardableAttrDictionary());
    smaller.getBody().takeBody(op.getBody());
    rewriter.modifyOpInPlace(yield, [&] { yield.getValuesMutable().assign(kept); });
    for (auto [from, to] : llvm::zip_equal(replaced, smaller.getResults()))
      rewriter.replaceAllUsesWith(from, to);
    rewriter.eraseOp(op);
    return success();
  }
};

} // namespace

void KernelOp::getCanonicalizationPatterns(RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<DropResults>(context);
}
