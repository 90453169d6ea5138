//===- KvCache.cpp - Writing the KV cache ---------------------------------===//
#include "dialect/ops/TensorBuilder.h"
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
  return bytesOf(getElementTypeOrSelf(getCache()), detail::elementsOf(getRows(), step));
}

Cost KvAppendOp::getCost(Step step) { return detail::operandBytes(*this, step); }

/// Head by head: the rows of one are a matrix.
static SmallVector<Value> appendBlocks(TensorBuilder &b, KvAppendOp op) {
  OpFoldResult zero = b.getIndexAttr(0), one = b.getIndexAttr(1);
  OpFoldResult tokens = b.size(op.getRows(), 0), width = b.size(op.getCache(), 2);
  return b.loopOver(op.getCache(), 0, op.getCache(), [&](Value head, ValueRange carried) {
    TensorBuilder::Part window{{head, op.getPosition(), zero}, {one, tokens, width}};
    Value rows = b.extract(op.getRows(), {{zero, head, zero}, {tokens, one, width}}, /*drop=*/1);
    Value written = b.extract(carried[0], window, /*drop=*/0);
    written = QuantizeOp::create(b, rows, written).getResult(0);
    return SmallVector<Value>{b.insert(written, carried[0], window)};
  });
}

FailureOr<SmallVector<Value>> KvAppendOp::decomposeOperation(OpBuilder &builder) {
  TensorBuilder b(builder, *this);
  if (isBlock(getElementTypeOrSelf(getCache())))
    return appendBlocks(b, *this);
  OpFoldResult zero = b.getIndexAttr(0);
  TensorBuilder::Part window{{zero, getPosition(), zero},
                             {b.size(getCache(), 0), b.size(getRows(), 0), b.size(getCache(), 2)}};
  // rows are [token, head, element], the cache is [head, token, element].
  Value written = b.map({{getRows(), {1, 0, 2}}}, b.extract(getCache(), window),
                        [](ValueRange in, Value) { return in[0]; });
  return SmallVector<Value>{b.insert(written, getCache(), window)};
}
