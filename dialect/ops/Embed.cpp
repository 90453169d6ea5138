//===- Embed.cpp - Tokens to vectors --------------------------------------===//
#include "dialect/ops/Emit.h"
#include "dialect/ops/Verify.h"

using namespace mlir;
using namespace cria;

LogicalResult EmbedOp::verify() {
  if (failed(expectSameDim(*this, "embed_c1", {"out", getOut(), 0}, {"tokens", getTokens(), 0})))
    return failure();
  return expectSameDim(*this, "embed_c2", {"out", getOut(), 1}, {"table", getTable(), 1});
}

TileMap EmbedOp::getTileMap() { return {{{2, 0}, {2, 1}}, {{{0}}, {{}, {1}}, {{0}, {1}}}}; }

int64_t EmbedOp::getBytesRead(OpOperand &operand, Step step) {
  if (operand != getTableMutable())
    return detail::bytesReadWhole(*this, operand, step);
  // One row per token.
  auto table = cast<ShapedType>(getTable().getType());
  return detail::elementsOf(getTokens(), step) * table.getDimSize(1) *
         table.getElementTypeBitWidth() / 8;
}

Cost EmbedOp::getCost(Step step) { return detail::operandBytes(*this, step); }

FailureOr<SmallVector<Value>> EmbedOp::decomposeOperation(OpBuilder &b) {
  Emit emit(b, *this);
  AffineMap token = AffineMap::get(2, 0, b.getAffineDimExpr(0));
  return emit.elementwise(getTokens(), token, getOut(), [&](ValueRange in) -> SmallVector<Value> {
    Value row = arith::IndexCastOp::create(b, getLoc(), b.getIndexType(), in[0]);
    Value column = linalg::IndexOp::create(b, getLoc(), 1);
    Value element = tensor::ExtractOp::create(b, getLoc(), getTable(), ValueRange{row, column});
    return {emit.widen(element)};
  });
}
