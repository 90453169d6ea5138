//===- ThreadLoop.cpp - A linalg op on the threads of a block -------------===//
#include "passes/gpu/ThreadLoop.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/IR/IRMapping.h"
#include "passes/blocks/formats/BlockReader.h"
#include "passes/gpu/Alignment.h"
#include "passes/gpu/Block.h"
#include "passes/loops/LinalgRows.h"

using namespace mlir;

namespace cria {
namespace {

/// Elements that a lane reads at a time at most.
constexpr int64_t widest = 8;

bool isOfBlocks(OpOperand &operand) {
  return isBlock(getElementTypeOrSelf(operand.get().getType()));
}

} // namespace

ThreadLoop::ThreadLoop(linalg::LinalgOp op, int64_t warp) : op(op), warp(warp), lanes(warp) {
  chooseLoops();
  if (row)
    chooseWidth();
}

void ThreadLoop::chooseLoops() {
  std::optional<unsigned> innermost;
  for (unsigned loop = 0; loop < op.getNumLoops(); ++loop) {
    bool parallel = op.getIteratorTypesArray()[loop] == utils::IteratorType::parallel;
    (parallel ? dealt : serial).push_back(loop);
    if (isRow(op, loop))
      (parallel ? innermost : row) = loop;
  }
  if (innermost && op.getNumReductionLoops() == 0 && llvm::any_of(op->getOpOperands(), isOfBlocks))
    row = std::exchange(innermost, {});
  if (innermost) {
    llvm::erase(dealt, *innermost);
    dealt.push_back(*innermost);
  }
  if (innermost || !isElementwise(*op.getBlock()))
    row.reset();
  if (!row)
    return;
  for (OpOperand &init : op.getDpsInitsMutable())
    if (isCarried(init))
      combiners.push_back(combinerOf(op, init));
  if (llvm::is_contained(combiners, nullptr)) {
    row.reset();
  } else {
    llvm::erase(serial, *row);
    llvm::erase(dealt, *row);
  }
}

bool ThreadLoop::readsGroups() {
  return llvm::any_of(op->getOpOperands(),
                      [&](OpOperand &operand) { return isOfBlocks(operand) && isWide(operand); });
}

void ThreadLoop::chooseWidth() {
  int64_t count = op.getStaticLoopRanges()[*row];
  bool reduces = llvm::all_of(op.getDpsInitsMutable(), [&](auto &init) { return isCarried(init); });
  auto isAligned = [&](int64_t size) {
    return llvm::all_of(op->getOpOperands(), [&](OpOperand &operand) {
      return !isWide(operand) ||
             rowAlignment(operand.get()) % wholeAlignment(operand.get(), size) == 0;
    });
  };
  if (readsGroups())
    width = BlockReader::group; // rows of blocks have whole groups
  else if (!ShapedType::isDynamic(count))
    for (width = widest; width > 1; width /= 2)
      if (count % width == 0 && (reduces || width * lanes <= count) && isAligned(width))
        break;
  // A result is written by one lane, so that several rows of a warp do not meet.
  if (reduces && !ShapedType::isDynamic(count))
    lanes = std::min(lanes, int64_t(llvm::bit_floor(uint64_t(count / width))));
}

bool ThreadLoop::isWide(OpOperand &operand) {
  return row && op.getMatchingIndexingMap(&operand).isFunctionOfDim(*row);
}

bool ThreadLoop::isInner(OpOperand &operand) {
  AffineMap map = op.getMatchingIndexingMap(&operand);
  return isWide(operand) ||
         llvm::any_of(serial, [&](unsigned loop) { return map.isFunctionOfDim(loop); });
}

Value ThreadLoop::index(ImplicitLocOpBuilder &b, int64_t value) {
  return arith::ConstantIndexOp::create(b, value);
}

Value ThreadLoop::sizeOf(ImplicitLocOpBuilder &b, unsigned loop) {
  return getValueOrCreateConstantIndexOp(b, b.getLoc(), ranges[loop].size);
}

void ThreadLoop::lower(RewriterBase &rewriter) {
  ImplicitLocOpBuilder b(op.getLoc(), rewriter);
  b.setInsertionPoint(op);
  ranges = op.createLoopRanges(b, op.getLoc());
  at.assign(ranges.size(), Value());
  Value thread = gpu::ThreadIdOp::create(b, gpu::Dimension::x), first = thread;
  int64_t takers = blockThreads;
  if (row) {
    lane = b.createOrFold<arith::RemUIOp>(thread, index(b, lanes));
    first = b.createOrFold<arith::DivUIOp>(thread, index(b, lanes));
    takers /= lanes;
  }
  Value count = index(b, 1);
  SmallVector<OpFoldResult> sizes;
  for (unsigned loop : dealt) {
    count = b.createOrFold<arith::MulIOp>(count, sizeOf(b, loop));
    sizes.push_back(ranges[loop].size);
  }
  // All rows of a warp take part in shuffles, also those that begin behind the last point.
  Value end = count;
  if (row && lanes < warp) {
    Value rows = index(b, warp / lanes);
    end = b.createOrFold<arith::MulIOp>(b.createOrFold<arith::CeilDivUIOp>(count, rows), rows);
  }
  auto points = scf::ForOp::create(b, first, end, index(b, takers));
  b.setInsertionPointToStart(points.getBody());
  Value point = points.getInductionVar();
  if (row) {
    writes = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, lane, index(b, 0));
    if (end != count) {
      Value exists = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, point, count);
      writes = arith::AndIOp::create(b, writes, exists);
      point = arith::MinUIOp::create(b, point, arith::SubIOp::create(b, count, index(b, 1)));
    }
  }
  if (!dealt.empty()) {
    auto split = affine::AffineDelinearizeIndexOp::create(b, point, sizes);
    for (auto [loop, value] : llvm::zip_equal(dealt, split.getResults()))
      at[loop] = value;
  }
  emitPoint(b);
  b.setInsertionPointAfter(points);
  gpu::BarrierOp::create(b);
  rewriter.eraseOp(op);
}

void ThreadLoop::emitPoint(ImplicitLocOpBuilder &b) {
  Values before;
  for (OpOperand &init : op.getDpsInitsMutable())
    if (isCarried(init))
      before.push_back(op.getNumReductionLoops() || op.payloadUsesValueFromOperand(&init)
                           ? load(b, init)
                           : Value());
  Values start = before;
  if (row)
    for (auto [value, combiner] : llvm::zip_equal(start, combiners)) {
      auto neutral = *arith::getNeutralElement(combiner);
      Type type = withWidth(value.getType(), width);
      if (auto vector = dyn_cast<VectorType>(type))
        neutral = DenseElementsAttr::get(vector, Attribute(neutral));
      value = arith::ConstantOp::create(b, neutral);
    }
  Values made = emitSerial(b, 0, start);
  if (row && !made.empty()) {
    for (auto [value, combiner, old] : llvm::zip_equal(made, combiners, before))
      value = vector::makeArithReduction(b, b.getLoc(), *linalg::getCombinerOpKind(combiner), old,
                                         overLanes(b, value, combiner));
    auto one = scf::IfOp::create(b, writes, /*withElseRegion=*/false);
    b.setInsertionPointToStart(one.thenBlock());
  }
  auto next = made.begin();
  for (OpOperand &init : op.getDpsInitsMutable())
    if (isCarried(init))
      store(b, *next++, init);
}

ThreadLoop::Values ThreadLoop::emitSerial(ImplicitLocOpBuilder &b, unsigned next, Values carried) {
  if (next == serial.size())
    return row ? emitRow(b, carried) : emitBody(b, carried);
  unsigned loop = serial[next];
  auto steps = scf::ForOp::create(b, index(b, 0), sizeOf(b, loop), index(b, 1), carried);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(steps.getBody());
  at[loop] = steps.getInductionVar();
  Values inside(steps.getRegionIterArgs());
  inside = emitSerial(b, next + 1, inside);
  if (!inside.empty())
    scf::YieldOp::create(b, inside);
  return Values(steps.getResults());
}

ThreadLoop::Values ThreadLoop::emitRow(ImplicitLocOpBuilder &b, ValueRange carried) {
  Value from = b.createOrFold<arith::MulIOp>(lane, index(b, width));
  auto steps = scf::ForOp::create(b, from, sizeOf(b, *row), index(b, lanes * width), carried);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(steps.getBody());
  at[*row] = steps.getInductionVar();
  Values next = emitBody(b, steps.getRegionIterArgs());
  if (!next.empty())
    scf::YieldOp::create(b, next);
  return Values(steps.getResults());
}

ThreadLoop::Values ThreadLoop::emitBody(ImplicitLocOpBuilder &b, ValueRange carried) {
  IRMapping values;
  auto kept = carried.begin();
  for (OpOperand &operand : op->getOpOperands()) {
    BlockArgument argument = op.getMatchingBlockArgument(&operand);
    if (isCarried(operand)) {
      if (Value value = *kept++)
        values.map(argument, value);
    } else if (!argument.use_empty()) {
      values.map(argument, load(b, operand));
    }
  }
  for (Operation &inner : op.getBlock()->without_terminator())
    values.map(inner.getResult(0), emitInner(b, inner, values));
  Values next;
  for (OpOperand &init : op.getDpsInitsMutable()) {
    Value made = values.lookupOrDefault(op.getMatchingYieldValue(&init)->get());
    if (isCarried(init))
      next.push_back(made);
    else
      store(b, made, init);
  }
  return next;
}

Value ThreadLoop::emitInner(ImplicitLocOpBuilder &b, Operation &inner, IRMapping &values) {
  if (auto number = dyn_cast<linalg::IndexOp>(inner)) {
    Value value = at[number.getDim()];
    if (width == 1 || number.getDim() != row)
      return value;
    auto type = VectorType::get({width}, b.getIndexType());
    return arith::AddIOp::create(b, vector::BroadcastOp::create(b, type, value),
                                 vector::StepOp::create(b, type));
  }
  if (isa<WidenOp>(inner))
    return values.lookup(inner.getOperand(0)); // loads widen
  if (inner.getNumRegions() || inner.getNumResults() != 1)
    return b.clone(inner, values)->getResult(0);
  Values operands;
  for (Value operand : inner.getOperands())
    operands.push_back(values.lookupOrDefault(operand));
  return cloneWide(b, inner, operands, width);
}

Value ThreadLoop::overLanes(ImplicitLocOpBuilder &b, Value part, Operation *combiner) {
  vector::CombiningKind kind = *linalg::getCombinerOpKind(combiner);
  if (isa<VectorType>(part.getType()))
    part = vector::ReductionOp::create(b, kind, part, arith::FastMathFlags::reassoc);
  for (int64_t distance = lanes / 2; distance > 0; distance /= 2) {
    auto other =
        gpu::ShuffleOp::create(b, part, int32_t(distance), int32_t(warp), gpu::ShuffleMode::XOR);
    part = vector::makeArithReduction(b, b.getLoc(), kind, part, other.getShuffleResult());
  }
  return part;
}

ThreadLoop::Values ThreadLoop::indicesOf(ImplicitLocOpBuilder &b, OpOperand &operand) {
  Values indices;
  SmallVector<OpFoldResult> all;
  for (Value value : at)
    all.push_back(value ? OpFoldResult(value) : OpFoldResult(b.getIndexAttr(0)));
  AffineMap map = op.getMatchingIndexingMap(&operand);
  for (unsigned i = 0; i < map.getNumResults(); ++i)
    indices.push_back(getValueOrCreateConstantIndexOp(
        b, b.getLoc(),
        affine::makeComposedFoldedAffineApply(b, b.getLoc(), map.getSubMap({i}), all)));
  return indices;
}

Value ThreadLoop::load(ImplicitLocOpBuilder &b, OpOperand &operand) {
  auto type = dyn_cast<MemRefType>(operand.get().getType());
  if (!type)
    return operand.get();
  if (isOfBlocks(operand))
    return loadBlocks(b, operand);
  Values indices = indicesOf(b, operand);
  if (width == 1 || !isWide(operand))
    return memref::LoadOp::create(b, operand.get(), indices);
  auto vector = VectorType::get({width}, type.getElementType());
  return vector::LoadOp::create(b, vector, operand.get(), indices, /*nontemporal=*/false,
                                accessAlignment(operand.get(), width));
}

Value ThreadLoop::loadBlocks(ImplicitLocOpBuilder &b, OpOperand &operand) {
  Value bytes = bytesUnder(operand.get());
  Type element = getElementTypeOrSelf(operand.get().getType());
  Values place = indicesOf(b, operand);
  Value k = place.pop_back_val();
  int64_t rowBytes = cast<MemRefType>(bytes.getType()).getShape().back();
  SmallVector<OpFoldResult> offsets(place.begin(), place.end()), sizes, strides;
  offsets.push_back(b.getIndexAttr(0));
  sizes.assign(place.size(), b.getIndexAttr(1));
  sizes.push_back(b.getIndexAttr(rowBytes));
  strides.assign(offsets.size(), b.getIndexAttr(1));
  auto rowType = memref::SubViewOp::inferRankReducedResultType(
      {rowBytes}, cast<MemRefType>(bytes.getType()), offsets, sizes, strides);
  Value one = memref::SubViewOp::create(b, rowType, bytes, offsets, sizes, strides);
  if (width != 1 && isWide(operand))
    return readGroup(b, element, one, /*row=*/Value(), k);
  Value within = b.createOrFold<arith::RemUIOp>(k, index(b, BlockReader::group));
  Value first = b.createOrFold<arith::SubIOp>(k, within);
  return vector::ExtractOp::create(b, readGroup(b, element, one, /*row=*/Value(), first),
                                   OpFoldResult(within));
}

void ThreadLoop::store(ImplicitLocOpBuilder &b, Value value, OpOperand &init) {
  Values indices = indicesOf(b, init);
  if (width == 1 || !isWide(init)) {
    memref::StoreOp::create(b, value, init.get(), indices);
    return;
  }
  if (!isa<VectorType>(value.getType()))
    value = vector::BroadcastOp::create(b, withWidth(value.getType(), width), value);
  vector::StoreOp::create(b, value, init.get(), indices, /*nontemporal=*/false,
                          accessAlignment(init.get(), width));
}

} // namespace cria
