//===- Tiling.cpp - TilingInterface over the tile map of an op ------------===//
#include "dialect/Cria.h"
#include "dialect/interfaces/Interfaces.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace cria::detail {
namespace {

/// Sums and products of indices, folded where possible.
struct Indices {
  OpBuilder &b;
  Location loc;
  OpFoldResult apply(AffineExpr expr, ArrayRef<OpFoldResult> operands) {
    return affine::makeComposedFoldedAffineApply(
        b, loc, AffineMap::get(operands.size(), 0, expr, b.getContext()), operands);
  }
  OpFoldResult scaled(OpFoldResult value, int64_t scale) {
    return scale == 1 ? value : apply(b.getAffineDimExpr(0) * scale, {value});
  }
  OpFoldResult divided(OpFoldResult value, int64_t scale) {
    return scale == 1 ? value : apply(b.getAffineDimExpr(0).floorDiv(scale), {value});
  }
  OpFoldResult sum(OpFoldResult lhs, OpFoldResult rhs) {
    return apply(b.getAffineDimExpr(0) + b.getAffineDimExpr(1), {lhs, rhs});
  }
};

struct Slice {
  SmallVector<OpFoldResult> offsets, sizes;
};

Slice sliceOf(Operation *op, Value operand, const OperandTile &dims, Indices &indices,
              ArrayRef<OpFoldResult> offsets, ArrayRef<OpFoldResult> sizes) {
  Slice slice;
  for (auto [i, dim] : llvm::enumerate(dims)) {
    if (dim.loop == TileDim::whole) {
      slice.offsets.push_back(indices.b.getIndexAttr(0));
      slice.sizes.push_back(tensor::getMixedSize(indices.b, indices.loc, operand, i));
      continue;
    }
    OpFoldResult offset = indices.scaled(offsets[dim.loop], dim.scale);
    if (dim.offsetByPosition)
      offset = indices.sum(offset, cast<PositionOpInterface>(op).getPosition());
    slice.offsets.push_back(offset);
    slice.sizes.push_back(indices.scaled(sizes[dim.loop], dim.scale));
  }
  return slice;
}

/// The size of a dimension, without a use of the op that computes `value`: when its tiles replace
/// an op, such a use would keep it, to be computed twice.
OpFoldResult sizeOf(OpBuilder &b, Location loc, Value value, unsigned i) {
  while (Operation *op = value.getDefiningOp()) {
    if (auto empty = dyn_cast<tensor::EmptyOp>(op))
      return empty.getMixedSizes()[i];
    if (auto expand = dyn_cast<tensor::ExpandShapeOp>(op))
      return expand.getMixedOutputShape()[i];
    auto dst = dyn_cast<DestinationStyleOpInterface>(op);
    if (!dst)
      break;
    value = dst.getTiedOpOperand(cast<OpResult>(value))->get();
  }
  return tensor::getMixedSize(b, loc, value, i);
}

TileMap mapOf(Operation *op) { return cast<TileMapOpInterface>(op).getTileMap(); }

unsigned initNumber(Operation *op, unsigned result) {
  return cast<DestinationStyleOpInterface>(op).getDpsInitOperand(result)->getOperandNumber();
}

} // namespace

SmallVector<utils::IteratorType> getLoopIteratorTypes(Operation *op) {
  return SmallVector<utils::IteratorType>(mapOf(op).loops.size(), utils::IteratorType::parallel);
}

SmallVector<Range> getIterationDomain(Operation *op, OpBuilder &b) {
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPoint(op);
  Indices indices{b, op->getLoc()};
  SmallVector<Range> domain;
  for (const TileMap::Loop &loop : mapOf(op).loops) {
    OpFoldResult extent = sizeOf(b, op->getLoc(), op->getOperand(loop.operand), loop.dimension);
    domain.push_back({b.getIndexAttr(0), indices.divided(extent, loop.scale), b.getIndexAttr(1)});
  }
  return domain;
}

FailureOr<TilingResult> getTiledImplementation(Operation *op, OpBuilder &b, OpFoldResults offsets,
                                               OpFoldResults sizes) {
  TileMap map = mapOf(op);
  if (!cast<DestinationStyleOpInterface>(op).hasPureTensorSemantics())
    return failure();
  for (const OperandTile &dims : map.operands)
    if (llvm::any_of(dims, [](TileDim dim) { return dim.scale == TileDim::unknown; }))
      return failure();
  Indices indices{b, op->getLoc()};
  SmallVector<Value> operands;
  SmallVector<Operation *> slices;
  bool cacheIsSliced = false;
  for (auto [operand, dims] : llvm::zip_equal(op->getOperands(), map.operands)) {
    if (dims.empty()) {
      operands.push_back(operand);
      continue;
    }
    Slice slice = sliceOf(op, operand, dims, indices, offsets, sizes);
    SmallVector<OpFoldResult> strides(dims.size(), b.getIndexAttr(1));
    auto extracted = tensor::ExtractSliceOp::create(b, op->getLoc(), operand, slice.offsets,
                                                    slice.sizes, strides);
    operands.push_back(extracted);
    slices.push_back(extracted);
    cacheIsSliced |= llvm::any_of(dims, [](TileDim dim) { return dim.offsetByPosition; });
  }
  SmallVector<Type> types;
  for (OpOperand &init : cast<DestinationStyleOpInterface>(op).getDpsInitsMutable())
    types.push_back(operands[init.getOperandNumber()].getType());
  Operation *tiled = mlir::clone(b, op, types, operands);

  // The position of a tile is that of its first token, or zero if the slice of the cache already
  // begins there.
  if (auto at = dyn_cast<PositionOpInterface>(tiled)) {
    OpFoldResult position = b.getIndexAttr(0);
    if (!cacheIsSliced)
      position = indices.sum(at.getPosition(), offsets[*map.tokenLoop]);
    at.setPosition(getValueOrCreateConstantIndexOp(b, op->getLoc(), position));
    // The value may have been created after the clone.
    tiled->moveBefore(b.getInsertionBlock(), b.getInsertionPoint());
  }
  return TilingResult{{tiled}, SmallVector<Value>(tiled->getResults()), slices};
}

LogicalResult getResultTilePosition(Operation *op, OpBuilder &b, unsigned result,
                                    OpFoldResults offsets, OpFoldResults sizes,
                                    SmallVector<OpFoldResult> &resultOffsets,
                                    SmallVector<OpFoldResult> &resultSizes) {
  Indices indices{b, op->getLoc()};
  unsigned init = initNumber(op, result);
  Slice slice =
      sliceOf(op, op->getOperand(init), mapOf(op).operands[init], indices, offsets, sizes);
  resultOffsets = slice.offsets;
  resultSizes = slice.sizes;
  return success();
}

FailureOr<TilingResult> generateResultTileValue(Operation *op, OpBuilder &b, unsigned result,
                                                OpFoldResults offsets, OpFoldResults sizes) {
  TileMap map = mapOf(op);
  SmallVector<OpFoldResult> loopOffsets, loopSizes;
  for (const Range &range : getIterationDomain(op, b)) {
    loopOffsets.push_back(range.offset);
    loopSizes.push_back(range.size);
  }
  Indices indices{b, op->getLoc()};
  for (auto [dim, offset, size] :
       llvm::zip_equal(map.operands[initNumber(op, result)], offsets, sizes)) {
    if (dim.loop == TileDim::whole)
      continue;
    if (dim.offsetByPosition)
      return failure();
    // A tile must contain whole groups of query heads.
    std::optional<int64_t> staticSize = getConstantIntValue(size);
    if (dim.scale == TileDim::unknown)
      return failure();
    if (dim.scale != 1 && (!staticSize || *staticSize % dim.scale))
      return failure();
    loopOffsets[dim.loop] = indices.divided(offset, dim.scale);
    loopSizes[dim.loop] = indices.divided(size, dim.scale);
  }
  return getTiledImplementation(op, b, loopOffsets, loopSizes);
}

} // namespace cria::detail
