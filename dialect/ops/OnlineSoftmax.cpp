//===- OnlineSoftmax.cpp - Attention in one pass over the cache -----------===//
#include "dialect/ops/OnlineSoftmax.h"

using namespace mlir;

namespace cria {
namespace {

SmallVector<Value> pack(const OnlineSoftmax::State &state) {
  SmallVector<Value> all(state.top);
  all.append(state.sum);
  all.append(state.mixed);
  return all;
}

Value splat(Emit &emit, Value x, Type vector) {
  return vector::BroadcastOp::create(emit.b, emit.loc, vector, x);
}

} // namespace

Value expOfDifference(Emit &emit, Value x, Value y) {
  return math::ExpOp::create(emit.b, emit.loc, arith::SubFOp::create(emit.b, emit.loc, x, y));
}

Value divide(Emit &emit, Value vector, Value by) {
  return arith::DivFOp::create(emit.b, emit.loc, vector, splat(emit, by, vector.getType()));
}

OnlineSoftmax::OnlineSoftmax(Emit &emit, const HeadGroup &group, Value queries, Value keys,
                             Value values, double scale)
    : emit(emit), group(group), queries(plane(emit, queries, group.token)),
      keys(plane(emit, keys, group.kvHead)), values(plane(emit, values, group.kvHead)),
      scale(scale), row(VectorType::get({cast<RankedTensorType>(queries.getType()).getDimSize(2)},
                                        emit.b.getF32Type())) {}

OnlineSoftmax::State OnlineSoftmax::over(Value begin, Value end) {
  size_t n = group.heads.size();
  State start;
  start.top.assign(n, emit.f32(-std::numeric_limits<float>::infinity()));
  start.sum.assign(n, emit.f32(0));
  start.mixed.assign(n, arith::ConstantOp::create(emit.b, emit.loc, emit.b.getZeroAttr(row)));
  return unpack(
      overRows(emit, begin, end, pack(start), [&](Value first, int64_t count, ValueRange now) {
        return pack(step(first, count, unpack(now)));
      }));
}

OnlineSoftmax::State OnlineSoftmax::unpack(ValueRange all) {
  size_t n = group.heads.size();
  return {SmallVector<Value>(all.take_front(n)), SmallVector<Value>(all.slice(n, n)),
          SmallVector<Value>(all.take_back(n))};
}

Value OnlineSoftmax::mul(Value x, Value y) {
  return arith::MulFOp::create(emit.b, emit.loc, x, y, arith::FastMathFlags::contract);
}

/// Adds `count` rows, starting at `first`, to the state.
OnlineSoftmax::State OnlineSoftmax::step(Value first, int64_t count, State state) {
  using Kind = vector::CombiningKind;
  OpBuilder &b = emit.b;
  SmallVector<Value> weights = scoresOf(emit, queries, group.heads, keys, first, count, scale);
  for (size_t h = 0; h < group.heads.size(); ++h) {
    Value top = vector::ReductionOp::create(b, emit.loc, Kind::MAXNUMF, weights[h], state.top[h]);
    Value decay = expOfDifference(emit, state.top[h], top);
    weights[h] = expOfDifference(emit, weights[h], splat(emit, top, weights[h].getType()));
    state.top[h] = top;
    state.sum[h] =
        vector::ReductionOp::create(b, emit.loc, Kind::ADD, weights[h], mul(state.sum[h], decay),
                                    arith::FastMathFlags::reassoc);
    state.mixed[h] = mul(state.mixed[h], splat(emit, decay, row));
  }
  state.mixed = addValues(emit, state.mixed, weights, values, first);
  return state;
}

} // namespace cria
