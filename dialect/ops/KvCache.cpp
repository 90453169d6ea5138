//===- KvCache.cpp - Writing the KV cache ---------------------------------===//
#include "dialect/ops/Emit.h"
#include "dialect/ops/Verify.h"

using namespace mlir;
using namespace cria;

LogicalResult KvAppendOp::verify() {
  if (failed(
          expectSameDim(*this, "kv_append_c1", {"cache", getCache(), 0}, {"rows", getRows(), 1})) ||
      failed(
          expectSameDim(*this, "kv_append_c1", {"cache", getCache(), 2}, {"rows", getRows(), 2})))
    return failure();
  int64_t tokens = cast<ShapedType>(getRows().getType()).getDimSize(0);
  int64_t capacity = cast<ShapedType>(getCache().getType()).getDimSize(1);
  if (!ShapedType::isDynamic(tokens) && !ShapedType::isDynamic(capacity) && tokens > capacity)
    return emitOpError() << "kv_append_c2: " << tokens << " rows do not fit a cache of "
                         << capacity;
  return success();
}

TileMap KvAppendOp::getTileMap() {
  TileDim written{0, 1, /*offsetByPosition=*/true};
  return {{{0, 0}, {0, 1}}, {{{0}, {1}, {}}, {}, {{1}, written, {}}}};
}

int64_t KvAppendOp::getBytesWritten(OpOperand &, Step step) {
  int64_t width = cast<ShapedType>(getCache().getType()).getElementTypeBitWidth() / 8;
  return detail::elementsOf(getRows(), step) * width;
}

Cost KvAppendOp::getCost(Step step) { return detail::operandBytes(*this, step); }

FailureOr<SmallVector<Value>> KvAppendOp::decomposeOperation(OpBuilder &b) {
  Emit emit(b, *this);
  Location loc = getLoc();
  auto size = [&](Value of, unsigned i) { return tensor::getMixedSize(b, loc, of, i); };
  SmallVector<OpFoldResult> offsets{b.getIndexAttr(0), getPosition(), b.getIndexAttr(0)};
  SmallVector<OpFoldResult> sizes{size(getCache(), 0), size(getRows(), 0), size(getCache(), 2)};
  SmallVector<OpFoldResult> strides(3, b.getIndexAttr(1));
  Value window = tensor::ExtractSliceOp::create(b, loc, getCache(), offsets, sizes, strides);
  // rows are [token, head, element], the cache is [head, token, element].
  AffineMap transposed = AffineMap::getPermutationMap(ArrayRef<unsigned>{1, 0, 2}, b.getContext());
  Value written = emit.elementwise(getRows(), transposed, window,
                                   [](ValueRange in) { return SmallVector<Value>{in[0]}; })[0];
  return SmallVector<Value>{
      tensor::InsertSliceOp::create(b, loc, written, getCache(), offsets, sizes, strides)};
}
