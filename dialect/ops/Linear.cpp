//===- Linear.cpp - Products with a weight --------------------------------===//
#include "dialect/ops/Emit.h"
#include "dialect/ops/Verify.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace cria;

LogicalResult LinearOp::verify() {
  if (failed(expectSameDim(*this, "linear_c1", {"weight", getWeight(), 1}, {"x", getX(), 1})) ||
      failed(expectSameDim(*this, "linear_c2", {"out", getOut(), 0}, {"x", getX(), 0})) ||
      failed(expectSameDim(*this, "linear_c2", {"out", getOut(), 1}, {"weight", getWeight(), 0})))
    return failure();
  if (!getBias())
    return success();
  return expectSameDim(*this, "linear_c3", {"bias", getBias(), 0}, {"weight", getWeight(), 0});
}

LogicalResult LinearOp::canonicalize(LinearOp op, PatternRewriter &rewriter) {
  if (!op.getBias() || !matchPattern(op.getBias(), m_AnyZeroFloat()))
    return failure();
  rewriter.modifyOpInPlace(op, [&] { op.getBiasMutable().clear(); });
  return success();
}

TileMap LinearOp::getTileMap() {
  TileMap map{{{0, 0}, {1, 0}}, {{{0}, {}}, {{1}, {}}}, std::nullopt};
  if (getBias())
    map.operands.push_back({{1}});
  map.operands.push_back({{0}, {1}});
  return map;
}

Cost LinearOp::getCost(int64_t context) {
  Cost cost = detail::operandBytes(*this, context);
  int64_t outputs = cast<ShapedType>(getOut().getType()).getNumElements();
  cost.flops = 2 * outputs * cast<ShapedType>(getX().getType()).getDimSize(1);
  if (getBias())
    cost.flops += outputs;
  return cost;
}

FailureOr<SmallVector<Value>> LinearOp::decomposeOperation(OpBuilder &b) {
  Emit emit(b, *this);
  // Rows of the weight outermost: each is read from memory once for all tokens.
  auto element = [&](Value t, Value n, Value into) -> Value {
    Value sum = emit.dot(getWeight(), n, getX(), t);
    if (getBias()) {
      Value bias = tensor::ExtractOp::create(b, getLoc(), getBias(), n);
      sum = arith::AddFOp::create(b, getLoc(), sum, emit.widen(bias));
    }
    return tensor::InsertOp::create(b, getLoc(), sum, into, ValueRange{t, n});
  };
  return SmallVector<Value>(
      emit.loop(emit.dim(getWeight(), 0), getOut(), [&](Value n, ValueRange rows) {
        return SmallVector<Value>(
            emit.loop(emit.dim(getX(), 0), rows, [&](Value t, ValueRange out) {
              return SmallVector<Value>{element(t, n, out[0])};
            }));
      }));
}
