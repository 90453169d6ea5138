//===- Attention.cpp - Grouped-query attention ----------------------------===//
#include "dialect/ops/CacheRows.h"
#include "dialect/ops/Verify.h"
#include <cmath>

using namespace mlir;
using namespace cria;

LogicalResult AttendOp::verify() {
  if (failed(expectSameShape(*this, "attend_c1", "out", getOut(), "q", getQ())) ||
      failed(expectSameShape(*this, "attend_c2", "values", getValues(), "keys", getKeys())))
    return failure();
  if (getElementTypeOrSelf(getKeys()) != getElementTypeOrSelf(getValues()))
    return emitOpError() << "attend_c2: keys are " << getElementTypeOrSelf(getKeys())
                         << " but values are " << getElementTypeOrSelf(getValues());
  if (failed(expectGroups(*this, "attend_c3", getQ(), getKeys())) ||
      failed(expectSameDim(*this, "attend_c4", {"keys", getKeys(), 2}, {"q", getQ(), 2})))
    return failure();
  if (!std::isfinite(getScale().convertToDouble()))
    return emitOpError() << "attend_c5: scale must be finite, found "
                         << getScale().convertToDouble();
  return success();
}

TileMap AttendOp::getTileMap() {
  int64_t group = groupSize(getQ(), getKeys()).value_or(int64_t(TileDim::unknown));
  OperandTile query{{0}, {1, group}, {}}, cache{{1}, {}, {}};
  return {{{0, 0}, {1, 0}}, {query, cache, cache, {}, query}, 0};
}

int64_t AttendOp::getTokens() { return cast<ShapedType>(getQ().getType()).getDimSize(0); }
int64_t AttendOp::getCapacity() { return cast<ShapedType>(getKeys().getType()).getDimSize(1); }

int64_t AttendOp::getBytesRead(OpOperand &operand, int64_t context) {
  if (operand != getKeysMutable() && operand != getValuesMutable())
    return detail::bytesReadWhole(*this, operand);
  return detail::bytesOfRows(operand.get(), 1, getVisibleRows(context));
}

Cost AttendOp::getCost(int64_t context) {
  auto q = cast<ShapedType>(getQ().getType());
  Cost cost = detail::operandBytes(*this, context);
  cost.flops = 4 * getVisiblePairs(context) * q.getDimSize(1) * q.getDimSize(2);
  return cost;
}

//===----------------------------------------------------------------------===//
// Decomposition
//===----------------------------------------------------------------------===//

namespace {

/// Online softmax for one token and the query heads that share a kv head: each key and
/// value is read once for all of them, a vector of keys at a time.
class OnlineAttention {
public:
  OnlineAttention(AttendOp op, Emit &emit, const HeadGroup &group)
      : op(op), emit(emit), b(emit.b), loc(emit.loc), group(group),
        queries(plane(emit, op.getQ(), group.token)), keys(plane(emit, op.getKeys(), group.kvHead)),
        values(plane(emit, op.getValues(), group.kvHead)),
        row(VectorType::get({cast<RankedTensorType>(queries.getType()).getDimSize(1)},
                            b.getF32Type())) {}

  /// The mixed values of each head, after rows 0 … visible-1 of the cache.
  SmallVector<Value> run() {
    size_t n = group.heads.size();
    State start;
    start.top.assign(n, emit.f32(-std::numeric_limits<float>::infinity()));
    start.sum.assign(n, emit.f32(0));
    start.mix.assign(n, arith::ConstantOp::create(b, loc, b.getZeroAttr(row)));
    State state = unpack(overRows(emit, emit.index(0), group.visible, pack(start),
                                  [&](Value first, int64_t count, ValueRange now) {
                                    return pack(step(first, count, unpack(now)));
                                  }));
    SmallVector<Value> mixed;
    for (auto [mix, sum] : llvm::zip_equal(state.mix, state.sum))
      mixed.push_back(arith::DivFOp::create(b, loc, mix, splat(sum, row)));
    return mixed;
  }

private:
  /// For each head: the greatest score so far, the sum of exponentials relative to it, and
  /// the values weighted by them.
  struct State {
    SmallVector<Value> top, sum, mix;
  };

  static SmallVector<Value> pack(const State &state) {
    SmallVector<Value> all(state.top);
    all.append(state.sum);
    all.append(state.mix);
    return all;
  }
  State unpack(ValueRange all) {
    size_t n = group.heads.size();
    return {SmallVector<Value>(all.take_front(n)), SmallVector<Value>(all.slice(n, n)),
            SmallVector<Value>(all.take_back(n))};
  }

  Value mul(Value x, Value y) { return arith::MulFOp::create(b, loc, x, y, contract); }
  Value splat(Value x, VectorType type) { return vector::BroadcastOp::create(b, loc, type, x); }
  Value expOfDifference(Value x, Value y) {
    return math::ExpOp::create(b, loc, arith::SubFOp::create(b, loc, x, y));
  }

  /// Takes `count` rows from `first` on into the state.
  State step(Value first, int64_t count, State state) {
    SmallVector<Value> weights =
        scoresOf(emit, queries, group.heads, keys, first, count, op.getScale().convertToDouble());
    auto vector = VectorType::get({count}, b.getF32Type());
    for (size_t h = 0; h < group.heads.size(); ++h) {
      Value top = vector::ReductionOp::create(b, loc, vector::CombiningKind::MAXIMUMF, weights[h],
                                              state.top[h]);
      Value decay = expOfDifference(state.top[h], top);
      weights[h] = expOfDifference(weights[h], splat(top, vector));
      state.top[h] = top;
      state.sum[h] =
          vector::ReductionOp::create(b, loc, vector::CombiningKind::ADD, weights[h],
                                      mul(state.sum[h], decay), arith::FastMathFlags::reassoc);
      state.mix[h] = mul(state.mix[h], splat(decay, row));
    }
    state.mix = addValues(emit, state.mix, weights, values, first);
    return state;
  }

  static constexpr auto contract = arith::FastMathFlags::contract;
  AttendOp op;
  Emit &emit;
  OpBuilder &b;
  Location loc;
  const HeadGroup &group;
  Value queries, keys, values; ///< [H, E], [S, E], [S, E]
  VectorType row;              ///< of E elements
};

} // namespace

FailureOr<SmallVector<Value>> AttendOp::decomposeOperation(OpBuilder &b) {
  Emit emit(b, *this);
  auto ofGroup = [&](const HeadGroup &group, ValueRange outs) {
    Value out = outs[0];
    for (auto [head, mixed] :
         llvm::zip_equal(group.heads, OnlineAttention(*this, emit, group).run()))
      out = writeRow(emit, mixed, out, {group.token, head, emit.index(0)});
    return SmallVector<Value>{out};
  };
  return overGroups(emit, *this, getQ(), getKeys(), getOut(), ofGroup);
}
