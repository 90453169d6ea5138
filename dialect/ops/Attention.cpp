//===- Attention.cpp - Grouped-query attention ----------------------------===//
#include "dialect/ops/Emit.h"
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
  int64_t heads = cast<ShapedType>(getQ().getType()).getDimSize(1);
  int64_t kvHeads = cast<ShapedType>(getKeys().getType()).getDimSize(0);
  if (!ShapedType::isDynamic(heads) && !ShapedType::isDynamic(kvHeads) &&
      (kvHeads == 0 || heads % kvHeads))
    return emitOpError() << "attend_c3: " << heads << " query heads cannot share " << kvHeads
                         << " kv heads";
  if (failed(expectSameDim(*this, "attend_c4", {"keys", getKeys(), 2}, {"q", getQ(), 2})))
    return failure();
  if (!std::isfinite(getScale().convertToDouble()))
    return emitOpError() << "attend_c5: scale must be finite, found "
                         << getScale().convertToDouble();
  return success();
}

/// Query heads that share one kv head, if their numbers are static.
static std::optional<int64_t> groupSize(AttendOp op) {
  int64_t heads = cast<ShapedType>(op.getQ().getType()).getDimSize(1);
  int64_t kvHeads = cast<ShapedType>(op.getKeys().getType()).getDimSize(0);
  if (ShapedType::isDynamic(heads) || ShapedType::isDynamic(kvHeads))
    return std::nullopt;
  return heads / kvHeads;
}

TileMap AttendOp::getTileMap() {
  int64_t group = groupSize(*this).value_or(int64_t(TileDim::unknown));
  OperandTile query{{0}, {1, group}, {}}, cache{{1}, {}, {}};
  return {{{0, 0}, {1, 0}}, {query, cache, cache, {}, query}, 0};
}

int64_t AttendOp::getBytesRead(OpOperand &operand, int64_t context) {
  if (operand != getKeysMutable() && operand != getValuesMutable())
    return detail::bytesReadWhole(*this, operand);
  // The rows that are visible to the last token.
  auto cache = cast<ShapedType>(operand.get().getType());
  int64_t rows = context + cast<ShapedType>(getQ().getType()).getDimSize(0);
  return rows * cache.getDimSize(0) * cache.getDimSize(2) * cache.getElementTypeBitWidth() / 8;
}

Cost AttendOp::getCost(int64_t context) {
  auto q = cast<ShapedType>(getQ().getType());
  int64_t tokens = q.getDimSize(0);
  // Token t sees context + t + 1 rows.
  int64_t pairs = tokens * context + tokens * (tokens + 1) / 2;
  Cost cost = detail::operandBytes(*this, context);
  cost.flops = 4 * pairs * q.getDimSize(1) * q.getDimSize(2);
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
  OnlineAttention(AttendOp op, Emit &emit, Value queries, Value firstHead, int64_t group,
                  Value keys, Value values)
      : op(op), emit(emit), b(emit.b), loc(emit.loc), target(emit.target), queries(queries),
        keys(keys), values(values) {
    headDim = cast<RankedTensorType>(queries.getType()).getDimSize(1);
    row = VectorType::get({headDim}, b.getF32Type());
    for (int64_t i = 0; i < group; ++i)
      heads.push_back(arith::AddIOp::create(b, loc, firstHead, emit.index(i)));
  }

  /// The mixed values of each head, after rows 0 … visible-1 of the cache.
  SmallVector<Value> run(Value visible) {
    State start;
    start.top.assign(heads.size(), emit.f32(-std::numeric_limits<float>::infinity()));
    start.sum.assign(heads.size(), emit.f32(0));
    start.mix.assign(heads.size(), arith::ConstantOp::create(b, loc, b.getZeroAttr(row)));
    int64_t lanes = target.lanes();
    Value blocks = arith::DivUIOp::create(b, loc, visible, emit.index(lanes));
    Value whole = arith::MulIOp::create(b, loc, blocks, emit.index(lanes));
    State state = over(blocks, emit.index(0), lanes, start);
    state = over(arith::SubIOp::create(b, loc, visible, whole), whole, 1, state);
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

  Value mul(Value x, Value y) { return arith::MulFOp::create(b, loc, x, y, contract); }
  Value add(Value x, Value y) { return arith::AddFOp::create(b, loc, x, y, contract); }
  Value splat(Value x, VectorType type) { return vector::BroadcastOp::create(b, loc, type, x); }
  Value expOfDifference(Value x, Value y) {
    return math::ExpOp::create(b, loc, arith::SubFOp::create(b, loc, x, y));
  }

  /// Takes `trips` times `count` keys, from `first` on, into the state.
  State over(Value trips, Value first, int64_t count, State &start) {
    SmallVector<Value> carried(start.top);
    carried.append(start.sum);
    carried.append(start.mix);
    size_t n = heads.size();
    auto unpack = [n](ValueRange all) {
      return State{SmallVector<Value>(all.take_front(n)), SmallVector<Value>(all.slice(n, n)),
                   SmallVector<Value>(all.take_back(n))};
    };
    return unpack(emit.loop(trips, carried, [&](Value i, ValueRange now) {
      Value offset = arith::MulIOp::create(b, loc, i, emit.index(count));
      State next = step(arith::AddIOp::create(b, loc, first, offset), count, unpack(now));
      SmallVector<Value> all(next.top);
      all.append(next.sum);
      all.append(next.mix);
      return all;
    }));
  }

  State step(Value key, int64_t count, State state) {
    SmallVector<Value> keyRows;
    for (int64_t j = 0; j < count; ++j)
      keyRows.push_back(arith::AddIOp::create(b, loc, key, emit.index(j)));
    SmallVector<Value> scores = scoresOf(keyRows);
    auto vector = VectorType::get({count}, b.getF32Type());
    Value scale = splat(emit.f32(op.getScale().convertToDouble()), vector);
    for (size_t h = 0; h < heads.size(); ++h) {
      ValueRange own = ValueRange(scores).slice(h * count, count);
      Value score = mul(vector::FromElementsOp::create(b, loc, vector, own), scale);
      Value top =
          vector::ReductionOp::create(b, loc, vector::CombiningKind::MAXIMUMF, score, state.top[h]);
      Value decay = expOfDifference(state.top[h], top);
      Value weights = expOfDifference(score, splat(top, vector));
      state.top[h] = top;
      state.sum[h] =
          vector::ReductionOp::create(b, loc, vector::CombiningKind::ADD, weights,
                                      mul(state.sum[h], decay), arith::FastMathFlags::reassoc);
      state.mix[h] = mul(state.mix[h], splat(decay, row));
      for (int64_t j = 0; j < count; ++j) {
        Value weight = vector::ExtractOp::create(b, loc, weights, j);
        Value value = emit.readRow(values, keyRows[j], emit.index(0), headDim);
        state.mix[h] = add(mul(splat(weight, row), value), state.mix[h]);
      }
    }
    return state;
  }

  /// Query · key for each head and key, in register blocks.
  SmallVector<Value> scoresOf(ArrayRef<Value> keyRows) {
    TargetInfo::Block block = target.registerBlock();
    SmallVector<Value> scores(heads.size() * keyRows.size());
    for (size_t h = 0; h < heads.size(); h += block.lhs)
      for (size_t j = 0; j < keyRows.size(); j += block.rhs) {
        auto some = ArrayRef(heads).slice(h, std::min<size_t>(block.lhs, heads.size() - h));
        auto part = keyRows.slice(j, std::min<size_t>(block.rhs, keyRows.size() - j));
        SmallVector<Value> zeros(some.size() * part.size(), emit.f32(0));
        SmallVector<Value> found = emit.dots(queries, some, keys, part, target.lanes(), zeros);
        for (size_t i = 0; i < found.size(); ++i)
          scores[(h + i / part.size()) * keyRows.size() + j + i % part.size()] = found[i];
      }
    return scores;
  }

  static constexpr auto contract = arith::FastMathFlags::contract;
  AttendOp op;
  Emit &emit;
  OpBuilder &b;
  Location loc;
  TargetInfo target;
  Value queries, keys, values; ///< [heads, E], [S, E], [S, E]
  int64_t headDim;
  VectorType row;
  SmallVector<Value> heads;
};

/// Slice `i` of the first dimension of a rank-3 tensor.
Value plane(Emit &emit, Value source, Value i) {
  OpBuilder &b = emit.b;
  auto type = cast<RankedTensorType>(source.getType());
  SmallVector<OpFoldResult> offsets{i, b.getIndexAttr(0), b.getIndexAttr(0)};
  SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(b, emit.loc, source);
  sizes[0] = b.getIndexAttr(1);
  SmallVector<OpFoldResult> strides(3, b.getIndexAttr(1));
  return tensor::ExtractSliceOp::create(
      b, emit.loc, RankedTensorType::get(type.getShape().drop_front(), type.getElementType()),
      source, offsets, sizes, strides);
}

} // namespace

FailureOr<SmallVector<Value>> AttendOp::decomposeOperation(OpBuilder &b) {
  Emit emit(b, *this);
  std::optional<int64_t> group = groupSize(*this);
  if (!group)
    return emitOpError("has a dynamic number of heads, so which share a kv head is not known");
  auto token = [&](Value t, ValueRange out) {
    Value last = arith::AddIOp::create(b, getLoc(), getPosition(), t);
    Value visible = arith::AddIOp::create(b, getLoc(), last, emit.index(1));
    Value queries = plane(emit, getQ(), t);
    return emit.loop(emit.dim(getKeys(), 0), out, [&](Value g, ValueRange carried) {
      Value first = arith::MulIOp::create(b, getLoc(), g, emit.index(*group));
      OnlineAttention attention(*this, emit, queries, first, *group, plane(emit, getKeys(), g),
                                plane(emit, getValues(), g));
      Value written = carried[0];
      for (auto [i, mixed] : llvm::enumerate(attention.run(visible))) {
        Value head = arith::AddIOp::create(b, getLoc(), first, emit.index(i));
        written = vector::TransferWriteOp::create(b, getLoc(), mixed, written,
                                                  ValueRange{t, head, emit.index(0)},
                                                  ArrayRef<bool>{true})
                      .getResult();
      }
      return SmallVector<Value>{written};
    });
  };
  return SmallVector<Value>(emit.loop(emit.dim(getQ(), 0), getOut(), [&](Value t, ValueRange out) {
    return SmallVector<Value>(token(t, out));
  }));
}
