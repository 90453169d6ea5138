//===- SplitRows.cpp - Long caches partitioned across cores ---------------===//
#include "dialect/base/Target.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "passes/Passes.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_SPLITROWSPASS
#include "passes/Passes.h.inc"

namespace {

ArrayRef<int64_t> shapeOf(Value value) { return cast<ShapedType>(value.getType()).getShape(); }

/// Number of parts that the rows of each kv head are split into.
int64_t partsOf(AttendOp op) {
  auto keys = cast<ShapedType>(op.getKeys().getType());
  if (op.getTokens() != 1)
    return 1;
  TargetInfo target = TargetInfo::of(op);
  int64_t kvHeads = keys.getDimSize(0);
  int64_t bytesOfHead = 2 * detail::bytesOf(op.getKeys(), {0, 1}) / kvHeads;
  return std::min<int64_t>(llvm::divideCeil(target.cores, kvHeads), bytesOfHead / target.l1Bytes);
}

/// Whether `value` can be used by another kernel than `kernel`: it is made outside, by the op that
/// is split, or of nothing.
bool isPortable(Value value, KernelOp kernel, AttendOp attend) {
  Operation *made = value.getDefiningOp();
  return !made || !kernel->isProperAncestor(made) || isa<tensor::EmptyOp>(made) ||
         !made->isBeforeInBlock(attend);
}

/// The op of `kernel` that can be split, if its other ops only compute the query, or reshape what
/// was attended.
AttendOp splittable(KernelOp kernel) {
  auto ops = kernel.getBody().getOps<AttendOp>();
  if (ops.empty() || kernel->getNumResults() != 1 || !(*ops.begin()).hasPureTensorSemantics())
    return {};
  AttendOp attend = *ops.begin();
  if (!isPortable(attend.getOut(), kernel, attend))
    return {};
  for (Operation &op : kernel.getBody().front()) {
    if (isa<KvAppendOp, ResidualOp>(op)) // memory that others read
      return {};
    if (!attend->isBeforeInBlock(&op))
      continue;
    if (isa<CostOpInterface>(op) || llvm::any_of(op.getOperands(), [&](Value operand) {
          return !isPortable(operand, kernel, attend);
        }))
      return {};
  }
  return attend;
}

/// Turns a kernel that attends into one that attends to parts of the rows and one that combines
/// them.
class RowSplitter {
public:
  RowSplitter(RewriterBase &rewriter, KernelOp kernel, AttendOp op, int64_t parts)
      : b(op.getLoc(), rewriter), rewriter(rewriter), kernel(kernel), op(op), parts(parts) {}

  void run() {
    ArrayRef<int64_t> q = shapeOf(op.getQ());
    auto mixed = RankedTensorType::get({parts, q[1], q[2]}, b.getF32Type());
    auto stats = RankedTensorType::get({parts, q[1], 2}, b.getF32Type());
    b.setInsertionPoint(kernel);
    auto first = KernelOp::create(b, TypeRange{mixed, stats}, "attend_rows", ScheduleAttr());
    Block *body = b.createBlock(&first.getBody());
    // What computes the query belongs to the first kernel; buffers to write to belong to both.
    Block &rest = kernel.getBody().front();
    body->getOperations().splice(body->end(), rest.getOperations(), rest.begin(),
                                 op->getIterator());
    b.setInsertionPointToEnd(body);
    auto made = attendRows(mixed, stats);
    YieldOp::create(b, made->getResults());
    b.setInsertionPoint(op);
    auto isRest = [&](OpOperand &use) { return kernel->isProperAncestor(use.getOwner()); };
    for (auto empty : body->getOps<tensor::EmptyOp>())
      if (llvm::any_of(empty->getUses(), isRest))
        rewriter.replaceUsesWithIf(empty, b.clone(*empty)->getResult(0), isRest);
    auto combined = CombineOp::create(b, first.getResult(0), first.getResult(1), op.getOut());
    kernel.setName("combine");
    // What a block merges on a GPU is what was computed of one kv head.
    if (TargetInfo::of(kernel).backend == Backend::gpu)
      kernel.setScheduleAttr(
          ScheduleAttr::get(b.getContext(), {group()}, UnitKind::fma, {}, 0, 0, 1, 0));
    rewriter.replaceOp(op, combined);
  }

private:
  Value index(int64_t value) { return arith::ConstantIndexOp::create(b, value); }

  /// Query heads of a kv head.
  int64_t group() { return shapeOf(op.getQ())[1] / shapeOf(op.getKeys())[0]; }

  /// A loop over parts and kv heads.
  scf::ForallOp attendRows(RankedTensorType mixed, RankedTensorType stats) {
    Value rows = arith::AddIOp::create(b, op.getPosition(), index(1));
    Value share =
        arith::DivUIOp::create(b, arith::AddIOp::create(b, rows, index(parts - 1)), index(parts));
    SmallVector<OpFoldResult> extents{b.getIndexAttr(parts),
                                      b.getIndexAttr(shapeOf(op.getKeys())[0])};
    Value outs[] = {tensor::EmptyOp::create(b, mixed.getShape(), b.getF32Type()),
                    tensor::EmptyOp::create(b, stats.getShape(), b.getF32Type())};
    return scf::ForallOp::create(b, extents, ValueRange(outs), std::nullopt,
                                 [&](OpBuilder &inside, Location, ValueRange arguments) {
                                   OpBuilder::InsertionGuard guard(b);
                                   b.restoreInsertionPoint(inside.saveInsertionPoint());
                                   attend(arguments, rows, share);
                                 });
  }

  /// Computes one kv head and its query heads over one part of the rows. `arguments` are the
  /// indices of the part and the head, and the destinations.
  void attend(ValueRange arguments, Value rows, Value share) {
    Value part = arguments[0], kvHead = arguments[1];
    ArrayRef<int64_t> cache = shapeOf(op.getKeys());
    Value head = arith::MulIOp::create(b, kvHead, index(group()));
    auto slice = [&](Value whole, OpFoldResult first, OpFoldResult second, int64_t i, int64_t j) {
      int64_t last = shapeOf(whole)[2];
      SmallVector<OpFoldResult> offsets{first, second, b.getIndexAttr(0)},
          sizes{b.getIndexAttr(i), b.getIndexAttr(j), b.getIndexAttr(last)},
          strides(3, b.getIndexAttr(1));
      return tensor::ExtractSliceOp::create(b, whole, offsets, sizes, strides);
    };
    auto ofHead = [&](Value whole) -> Value {
      return slice(whole, kvHead, b.getIndexAttr(0), 1, cache[1]);
    };
    auto ofQueries = [&](Value whole, OpFoldResult token) {
      return slice(whole, token, OpFoldResult(head), 1, group());
    };
    auto least = [&](Value x) -> Value { return arith::MinUIOp::create(b, x, rows); };
    Value begin = arith::MulIOp::create(b, part, share);
    Value end = arith::AddIOp::create(b, begin, share);
    auto mixed = ofQueries(arguments[2], part), stats = ofQueries(arguments[3], part);
    auto made = AttendRowsOp::create(b, ofQueries(op.getQ(), b.getIndexAttr(0)),
                                     ofHead(op.getKeys()), ofHead(op.getValues()), least(begin),
                                     least(end), mixed, stats, op.getScaleAttr());
    auto inParallel = scf::InParallelOp::create(b);
    b.setInsertionPointToStart(inParallel.getBody());
    auto insert = [&](Value what, Value where, tensor::ExtractSliceOp from) {
      tensor::ParallelInsertSliceOp::create(b, what, where, from.getMixedOffsets(),
                                            from.getMixedSizes(), from.getMixedStrides());
    };
    insert(made->getResult(0), arguments[2], mixed);
    insert(made->getResult(1), arguments[3], stats);
  }

  ImplicitLocOpBuilder b;
  RewriterBase &rewriter;
  KernelOp kernel;
  AttendOp op;
  int64_t parts;
};

struct SplitRows : impl::SplitRowsPassBase<SplitRows> {
  void runOnOperation() override {
    SmallVector<KernelOp> kernels;
    getOperation()->walk([&](KernelOp kernel) { kernels.push_back(kernel); });
    IRRewriter rewriter(&getContext());
    for (KernelOp kernel : kernels)
      if (AttendOp op = splittable(kernel))
        if (int64_t parts = partsOf(op); parts > 1)
          RowSplitter(rewriter, kernel, op, parts).run();
  }
};

} // namespace
} // namespace cria
