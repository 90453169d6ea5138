//===- Embed.cpp - Tokens to vectors --------------------------------------===//
#include "dialect/ops/TensorBuilder.h"
#include "dialect/ops/Verify.h"

using namespace mlir;
using namespace cria;

LogicalResult EmbedOp::verify() {
  if (failed(expectSameDim(*this, "embed_c1", {"out", getOut(), 0}, {"tokens", getTokens(), 0})))
    return failure();
  if (Type element = getElementTypeOrSelf(getTable()); rowsTogether(element) > 1)
    return emitOpError() << "embed_c3: table must not be packed, found " << element;
  return expectSameDim(*this, "embed_c2", {"out", getOut(), 1}, {"table", getTable(), 1});
}

TileMap EmbedOp::getTileMap() {
  if (isBlock(getElementTypeOrSelf(getTable()))) // rows are whole
    return {{{2, 0}}, {{{0}}, {{}, {}}, {{0}, {}}}};
  return {{{2, 0}, {2, 1}}, {{{0}}, {{}, {1}}, {{0}, {1}}}};
}

int64_t EmbedOp::getBytesRead(OpOperand &operand, Step step) {
  if (operand != getTableMutable())
    return detail::bytesReadWhole(*this, operand, step);
  // One row per token.
  auto table = cast<ShapedType>(getTable().getType());
  return detail::elementsOf(getTokens(), step) *
         bytesOf(table.getElementType(), table.getDimSize(1));
}

Cost EmbedOp::getCost(Step step) { return detail::operandBytes(*this, step); }

FailureOr<SmallVector<Value>> EmbedOp::decomposeOperation(OpBuilder &builder) {
  TensorBuilder b(builder, *this);
  OpFoldResult zero = b.getIndexAttr(0), one = b.getIndexAttr(1), width = b.size(getTable(), 1);
  return b.loopOver(getTokens(), 0, getOut(), [&](Value t, ValueRange carried) {
    Value token = tensor::ExtractOp::create(b, getTokens(), t);
    OpFoldResult row = arith::IndexCastOp::create(b, b.getIndexType(), token).getResult();
    TensorBuilder::Part to{{t, zero}, {one, width}};
    Value found = b.extract(getTable(), {{row, zero}, {one, width}}, /*drop=*/0);
    Value copied = b.map({{found, {0}}}, b.extract(carried[0], to, /*drop=*/0),
                         [](ValueRange in, Value) { return in[0]; });
    return SmallVector<Value>{b.insert(copied, carried[0], to)};
  });
}
