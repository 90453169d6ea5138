//===- Residual.cpp - The residual stream ---------------------------------===//
#include "dialect/ops/Emit.h"
#include "dialect/ops/Verify.h"

using namespace mlir;
using namespace cria;

LogicalResult ResidualOp::verify() {
  return expectSameShape(*this, "residual_c1", "branch", getBranch(), "stream", getStream());
}

TileMap ResidualOp::getTileMap() {
  OperandTile each{{0}, {1}};
  return {{{0, 0}, {0, 1}}, {each, each}, std::nullopt};
}

Cost ResidualOp::getCost(int64_t) {
  Cost cost = detail::operandBytes(*this);
  cost.bytesRead += detail::bytesOf(getStream());
  cost.flops = cast<ShapedType>(getStream().getType()).getNumElements();
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
