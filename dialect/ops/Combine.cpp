//===- Combine.cpp - Merging partial attention ----------------------------===//
#include "dialect/ops/HeadGroups.h"
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

FailureOr<SmallVector<Value>> CombineOp::decomposeOperation(OpBuilder &builder) {
  TensorBuilder b(builder, *this);
  OpFoldResult zero = b.getIndexAttr(0), one = b.getIndexAttr(1);
  OpFoldResult parts = b.size(getMixed(), 0), heads = b.size(getMixed(), 1);
  auto stats = [&](int64_t which) { // [P, H]
    return b.extract(getStats(), {{zero, zero, b.getIndexAttr(which)}, {parts, heads, one}},
                     /*drop=*/2);
  };
  Value tops = stats(0), sums = stats(1);
  Value least = b.fill(-std::numeric_limits<double>::infinity(), b.empty(heads));
  Value top = b.generic(2, {{tops, {1, 0}}}, {{least, {0}}},
                        [&](ValueRange in, ValueRange most) -> SmallVector<Value> {
                          return {arith::MaxNumFOp::create(b, most[0], in[0])};
                        })[0];
  Value factors = b.map({{tops, {0, 1}}, {top, {1}}}, b.empty({parts, heads}),
                        [&](ValueRange in, Value) { return b.expOfDifference(in[0], in[1]); });
  Value sum = b.product(2, {factors, {1, 0}}, {sums, {1, 0}}, {b.fill(0, b.empty(heads)), {0}});
  TensorBuilder::Part row{{zero, zero, zero}, {one, heads, b.size(getOut(), 2)}};
  Value out = b.fill(0, b.extract(getOut(), row, /*drop=*/0));
  out = b.product(3, {factors, {1, 0}}, {getMixed(), {1, 0, 2}}, {out, {0, 2}});
  out = b.map({{sum, {0}}}, out, [&](ValueRange in, Value mixed) { return b.div(mixed, in[0]); });
  return SmallVector<Value>{b.insert(out, getOut(), row)};
}
