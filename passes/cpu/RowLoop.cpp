//===- RowLoop.cpp - A linalg op as a loop over vectors -------------------===//
#include "passes/cpu/RowLoop.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/IR/IRMapping.h"
#include "passes/loops/LinalgRows.h"

using namespace mlir;

namespace cria {
namespace {

/// Vectors of partial results of a reduction: enough to hide the latency of an addition.
constexpr int64_t independent = 4;

/// Sines and cosines are calls.
bool isVectorized(Block &body) {
  return isElementwise(body) &&
         llvm::none_of(body, [](Operation &inner) { return isa<math::SinOp, math::CosOp>(inner); });
}

} // namespace

std::optional<RowLoop> RowLoop::of(linalg::LinalgOp op) {
  if (!op.hasPureBufferSemantics() || !isVectorized(*op.getBlock()))
    return std::nullopt;
  // A reduction is better outside: its results stay apart, and none has to be added up.
  for (auto kind : {utils::IteratorType::parallel, utils::IteratorType::reduction})
    for (unsigned loop = op.getNumLoops(); loop-- > 0;)
      if (op.getIteratorTypesArray()[loop] == kind && isRow(op, loop)) {
        RowLoop row(op, loop);
        return row.findCombiners() ? std::optional(row) : std::nullopt;
      }
  return std::nullopt;
}

bool RowLoop::findCombiners() {
  for (OpOperand &init : op.getDpsInitsMutable()) {
    if (follows(init))
      continue;
    Operation *combiner = combinerOf(op, init);
    if (!combiner)
      return false;
    combiners.push_back(combiner);
  }
  return true;
}

void RowLoop::lower(RewriterBase &rewriter, int64_t lanesOfTarget) {
  lanes = lanesOfTarget;
  ImplicitLocOpBuilder b(op.getLoc(), rewriter);
  b.setInsertionPoint(op);
  ranges = op.createLoopRanges(b, op.getLoc());
  at.assign(ranges.size(), Value());
  emitOuter(b, 0);
  rewriter.eraseOp(op);
}

void RowLoop::emitOuter(ImplicitLocOpBuilder &b, unsigned next) {
  if (next == ranges.size())
    return emitRow(b);
  if (next == loop)
    return emitOuter(b, next + 1);
  auto value = [&](OpFoldResult index) {
    return getValueOrCreateConstantIndexOp(b, b.getLoc(), index);
  };
  auto outer = scf::ForOp::create(b, value(ranges[next].offset), value(ranges[next].size),
                                  value(ranges[next].stride));
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(outer.getBody());
  at[next] = outer.getInductionVar();
  emitOuter(b, next + 1);
}

void RowLoop::emitRow(ImplicitLocOpBuilder &b) {
  constant.clear();
  SmallVector<Value> reduced;
  for (OpOperand &operand : op->getOpOperands()) {
    constant.push_back(follows(operand) ? Value() : load(b, operand, Value(), 1));
    if (op.isDpsInit(&operand) && constant.back())
      reduced.push_back(constant.back());
  }
  auto index = [&](int64_t value) -> Value { return arith::ConstantIndexOp::create(b, value); };
  bool onlyReduces = combiners.size() == size_t(op.getNumDpsInits());
  int64_t widest = onlyReduces ? independent * lanes : lanes;
  Value from = index(0);
  auto span = [&](Value to, int64_t width) {
    reduced = emitSpan(b, from, to, width, reduced);
    from = to;
  };
  if (int64_t count = op.getStaticLoopRanges()[loop]; !ShapedType::isDynamic(count)) {
    widest = std::min(widest, count);
    span(index(count - count % widest), widest);
    if (count % widest)
      span(index(count), count % widest);
  } else {
    Value size = getValueOrCreateConstantIndexOp(b, b.getLoc(), ranges[loop].size);
    for (int64_t width = widest; width >= lanes && width > 1; width /= independent)
      span(arith::SubIOp::create(b, size, arith::RemUIOp::create(b, size, index(width))), width);
    span(size, 1);
  }
  auto next = reduced.begin();
  for (OpOperand &init : op.getDpsInitsMutable())
    if (!follows(init))
      memref::StoreOp::create(b, *next++, init.get(), indicesOf(b, init, Value()));
}

SmallVector<Value> RowLoop::emitSpan(ImplicitLocOpBuilder &b, Value from, Value to, int64_t width,
                                     ValueRange reduced) {
  SmallVector<Value> start(reduced);
  for (auto [value, combiner] : llvm::zip_equal(start, combiners))
    if (width > 1) {
      TypedAttr neutral = *arith::getNeutralElement(combiner);
      auto type = cast<VectorType>(withWidth(value.getType(), width));
      value = arith::ConstantOp::create(b, DenseElementsAttr::get(type, Attribute(neutral)));
    }
  auto vectors = scf::ForOp::create(b, from, to, arith::ConstantIndexOp::create(b, width), start,
                                    [&](OpBuilder &, Location, Value column, ValueRange partial) {
                                      scf::YieldOp::create(b, emitBody(b, column, width, partial));
                                    });
  SmallVector<Value> sums(vectors.getResults());
  if (width == 1)
    return sums;
  for (auto [sum, before, combiner] : llvm::zip_equal(sums, reduced, combiners))
    sum = vector::ReductionOp::create(b, *linalg::getCombinerOpKind(combiner), sum, before,
                                      arith::FastMathFlags::reassoc);
  return sums;
}

SmallVector<Value> RowLoop::emitBody(ImplicitLocOpBuilder &b, Value column, int64_t width,
                                     ValueRange partial) {
  IRMapping values;
  auto reduced = partial.begin();
  for (auto [operand, known] : llvm::zip_equal(op->getOpOperands(), constant)) {
    BlockArgument argument = op.getMatchingBlockArgument(&operand);
    if (op.isDpsInit(&operand) && known)
      values.map(argument, *reduced++);
    else if (known)
      values.map(argument, known);
    else if (!argument.use_empty())
      values.map(argument, load(b, operand, column, width));
  }
  for (Operation &inner : op.getBlock()->without_terminator())
    values.map(inner.getResult(0), emitInner(b, inner, column, width, values));
  SmallVector<Value> next;
  for (OpOperand &init : op.getDpsInitsMutable()) {
    OpOperand *yielded = op.getMatchingYieldValue(&init);
    Value made = values.lookupOrDefault(yielded->get());
    if (!follows(init)) {
      next.push_back(made);
      continue;
    }
    SmallVector<Value> place = indicesOf(b, init, column);
    if (width == 1) {
      memref::StoreOp::create(b, made, init.get(), place);
      continue;
    }
    if (!isa<VectorType>(made.getType()))
      made = vector::BroadcastOp::create(b, withWidth(made.getType(), width), made);
    vector::StoreOp::create(b, made, init.get(), place);
  }
  return next;
}

/// The result of an op of the body: a vector, or a number if it is constant along the row.
Value RowLoop::emitInner(ImplicitLocOpBuilder &b, Operation &inner, Value column, int64_t width,
                         IRMapping &values) {
  if (auto index = dyn_cast<linalg::IndexOp>(inner)) {
    if (index.getDim() != loop)
      return at[index.getDim()];
    if (width == 1)
      return column;
    auto type = VectorType::get({width}, b.getIndexType());
    return arith::AddIOp::create(b, vector::BroadcastOp::create(b, type, column),
                                 vector::StepOp::create(b, type));
  }
  SmallVector<Value> operands;
  for (Value operand : inner.getOperands())
    operands.push_back(values.lookupOrDefault(operand));
  return cloneWide(b, inner, operands, width);
}

SmallVector<Value> RowLoop::indicesOf(ImplicitLocOpBuilder &b, OpOperand &operand, Value column) {
  SmallVector<Value> indices;
  for (AffineExpr result : op.getMatchingIndexingMap(&operand).getResults()) {
    unsigned dim = cast<AffineDimExpr>(result).getPosition();
    indices.push_back(dim == loop ? column : at[dim]);
  }
  return indices;
}

Value RowLoop::load(ImplicitLocOpBuilder &b, OpOperand &operand, Value column, int64_t width) {
  auto type = dyn_cast<MemRefType>(operand.get().getType());
  if (!type)
    return operand.get();
  SmallVector<Value> indices = indicesOf(b, operand, column);
  if (width == 1)
    return memref::LoadOp::create(b, operand.get(), indices);
  Type vector = withWidth(type.getElementType(), width);
  return vector::LoadOp::create(b, cast<VectorType>(vector), operand.get(), indices);
}

} // namespace cria
