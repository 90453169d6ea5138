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

class RowSplitter {
public:
  RowSplitter(RewriterBase &rewriter, AttendOp op, int64_t parts)
      : b(op.getLoc(), rewriter), rewriter(rewriter), op(op), parts(parts) {
    b.setInsertionPoint(op);
  }

  void run() {
    ArrayRef<int64_t> q = shapeOf(op.getQ());
    Value mixed = tensor::EmptyOp::create(b, {parts, q[1], q[2]}, b.getF32Type());
    Value stats = tensor::EmptyOp::create(b, {parts, q[1], 2}, b.getF32Type());
    Value rows = arith::AddIOp::create(b, op.getPosition(), index(1));
    Value share =
        arith::DivUIOp::create(b, arith::AddIOp::create(b, rows, index(parts - 1)), index(parts));
    SmallVector<OpFoldResult> extents{b.getIndexAttr(parts),
                                      b.getIndexAttr(shapeOf(op.getKeys())[0])};
    auto loop =
        scf::ForallOp::create(b, b.getLoc(), extents, ValueRange{mixed, stats}, std::nullopt,
                              [&](OpBuilder &inside, Location, ValueRange arguments) {
                                OpBuilder::InsertionGuard guard(b);
                                b.restoreInsertionPoint(inside.saveInsertionPoint());
                                attend(arguments, rows, share);
                              });
    auto whole = CombineOp::create(b, loop.getResult(0), loop.getResult(1), op.getOut());
    rewriter.replaceOp(op, whole);
  }

private:
  Value index(int64_t value) { return arith::ConstantIndexOp::create(b, value); }

  /// Computes one kv head and its query heads over one part of the rows. `arguments` are the
  /// indices of the part and the head, and the destinations.
  void attend(ValueRange arguments, Value rows, Value share) {
    Value part = arguments[0], kvHead = arguments[1];
    ArrayRef<int64_t> cache = shapeOf(op.getKeys());
    int64_t group = shapeOf(op.getQ())[1] / cache[0];
    Value head = arith::MulIOp::create(b, kvHead, index(group));
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
      return slice(whole, token, OpFoldResult(head), 1, group);
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
  AttendOp op;
  int64_t parts;
};

struct SplitRows : impl::SplitRowsPassBase<SplitRows> {
  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    getOperation()->walk([&](AttendOp op) {
      if (!op->getParentOfType<KernelOp>() || !op.hasPureTensorSemantics())
        return;
      if (int64_t parts = partsOf(op); parts > 1)
        RowSplitter(rewriter, op, parts).run();
    });
  }
};

} // namespace
} // namespace cria
