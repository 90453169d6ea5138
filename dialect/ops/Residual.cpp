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
  return {{{0, 0}, {0, 1}}, {each, each}};
}

int64_t ResidualOp::getBytesRead(OpOperand &operand, Step step) {
  return detail::bytesOf(operand.get(), step);
}

Cost ResidualOp::getCost(Step step) {
  Cost cost = detail::operandBytes(*this, step);
  cost.flops = detail::elementsOf(getStream(), step);
  return cost;
}

FailureOr<SmallVector<Value>> ResidualOp::decomposeOperation(OpBuilder &builder) {
  TensorBuilder b(builder, *this);
  return SmallVector<Value>{
      b.map({{getBranch(), {0, 1}}}, getStream(),
            [&](ValueRange in, Value stream) { return b.add(stream, in[0]); })};
}
