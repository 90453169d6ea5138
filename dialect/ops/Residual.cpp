//===- Residual.cpp - The residual stream ---------------------------------===//
#include "dialect/ops/TensorBuilder.h"
#include "dialect/ops/Verify.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace cria;

LogicalResult ResidualOp::verify() {
  return expectSameShape(*this, "residual_c1", "branch", getBranch(), "stream", getStream());
}

LogicalResult ResidualOp::fold(FoldAdaptor adaptor, SmallVectorImpl<OpFoldResult> &results) {
  if (!adaptor.getBranch() || !matchPattern(adaptor.getBranch(), m_AnyZeroFloat()))
    return failure();
  results.push_back(getStream());
  return success();
}

TileMap ResidualOp::getTileMap() {
  OperandTile each{{0}, {1}};
  return {{{0, 0}, {0, 1}}, {each, each}, std::nullopt};
}

int64_t ResidualOp::getBytesRead(OpOperand &operand, int64_t) {
  return detail::bytesOf(operand.get());
}

Cost ResidualOp::getCost(int64_t context) {
  Cost cost = detail::operandBytes(*this, context);
  cost.flops = cast<ShapedType>(getStream().getType()).getNumElements();
  return cost;
}

FailureOr<SmallVector<Value>> ResidualOp::decomposeOperation(OpBuilder &builder) {
  TensorBuilder b(builder, *this);
  return SmallVector<Value>{
      b.map({{getBranch(), {0, 1}}}, getStream(),
            [&](ValueRange in, Value stream) { return b.add(stream, in[0]); })};
}
