//===- Residual.cpp - The residual stream ---------------------------------===//
#include "dialect/ops/Emit.h"
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

FailureOr<SmallVector<Value>> ResidualOp::decomposeOperation(OpBuilder &b) {
  AffineMap each = b.getMultiDimIdentityMap(2);
  auto sum = linalg::GenericOp::create(
      b, getLoc(), getStream().getType(), getBranch(), getStream(), ArrayRef<AffineMap>{each, each},
      SmallVector<utils::IteratorType>(2, utils::IteratorType::parallel),
      [&](OpBuilder &, Location loc, ValueRange in) {
        linalg::YieldOp::create(b, loc, arith::AddFOp::create(b, loc, in[1], in[0]).getResult());
      });
  return SmallVector<Value>(sum.getResults());
}
