//===- Combine.cpp - Merging partial attention ----------------------------===//
#include "dialect/ops/OnlineSoftmax.h"
#include "dialect/ops/Verify.h"

using namespace mlir;
using namespace cria;

LogicalResult CombineOp::verify() {
  if (failed(expectStats(*this, "combine_c1", getStats(), "mixed", getMixed())))
    return failure();
  if (int64_t tokens = NamedDim{"out", getOut(), 0}.size(); tokens != 1)
    return emitOpError() << "combine_c2: dim(out, 0) is " << tokens << " but must be 1";
  return success(succeeded(expectSameDim(*this, "combine_c2", {"out", getOut(), 1},
                                         {"mixed", getMixed(), 1})) &&
                 succeeded(expectSameDim(*this, "combine_c2", {"out", getOut(), 2},
                                         {"mixed", getMixed(), 2})));
}

TileMap CombineOp::getTileMap() {
  OperandTile ofHeads{{}, {0}, {}};
  return {{{2, 1}}, {ofHeads, ofHeads, ofHeads}, /*tokenLoop=*/std::nullopt};
}

Cost CombineOp::getCost(Step step) {
  Cost cost = detail::operandBytes(*this, step);
  cost.flops = 2 * detail::elementsOf(getMixed(), step);
  return cost;
}

FailureOr<SmallVector<Value>> CombineOp::decomposeOperation(OpBuilder &b) {
  Emit emit(b, *this);
  Location loc = getLoc();
  auto contract = arith::FastMathFlags::contract;
  Value zero = emit.index(0), one = emit.index(1), parts = emit.dim(getMixed(), 0);
  int64_t headDim = cast<RankedTensorType>(getOut().getType()).getDimSize(2);
  auto row = VectorType::get({headDim}, b.getF32Type());
  Value none = arith::ConstantOp::create(b, loc, b.getZeroAttr(row));
  auto stat = [&](Value part, Value head, Value which) -> Value {
    return tensor::ExtractOp::create(b, loc, getStats(), ValueRange{part, head, which});
  };
  auto ofHead = [&](Value head, ValueRange outs) {
    Value least = emit.f32(-std::numeric_limits<float>::infinity());
    Value top = emit.loop(parts, least, [&](Value part, ValueRange found) {
      Value here = stat(part, head, zero);
      return SmallVector<Value>{arith::MaxNumFOp::create(b, loc, found[0], here)};
    })[0];
    ValueRange sums = emit.loop(parts, {emit.f32(0), none}, [&](Value part, ValueRange carried) {
      Value factor = expOfDifference(emit, stat(part, head, zero), top);
      auto add = [&](Value x, Value factor, Value sum) -> Value {
        Value product = arith::MulFOp::create(b, loc, x, factor, contract);
        return arith::AddFOp::create(b, loc, product, sum, contract);
      };
      Value mixed = emit.readRow(getMixed(), {part, head}, zero, headDim);
      Value factors = vector::BroadcastOp::create(b, loc, row, factor);
      return SmallVector<Value>{add(stat(part, head, one), factor, carried[0]),
                                add(mixed, factors, carried[1])};
    });
    Value mixed = divide(emit, sums[1], sums[0]);
    return SmallVector<Value>{writeRow(emit, mixed, outs[0], {zero, head, zero})};
  };
  return SmallVector<Value>(emit.loop(emit.dim(getOut(), 1), getOut(), ofHead));
}
