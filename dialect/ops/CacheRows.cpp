//===- CacheRows.cpp - Walking the rows of a cache ------------------------===//
#include "dialect/ops/CacheRows.h"
#include "dialect/ops/Verify.h"

using namespace mlir;

namespace cria {
namespace {
constexpr auto contract = arith::FastMathFlags::contract;

/// Block sizes for `heads` and `keys` with the fewest blocks, such that all products of a block,
/// the rows of the smaller side and one operand fit the registers.
std::pair<int64_t, int64_t> fewestBlocks(const TargetInfo &target, int64_t heads, int64_t keys) {
  std::pair<int64_t, int64_t> best(1, 1);
  int64_t fewest = heads * keys;
  for (int64_t h = 1; h <= heads; ++h)
    for (int64_t k = 1; k <= keys; ++k) {
      int64_t blocks = llvm::divideCeil(heads, h) * llvm::divideCeil(keys, k);
      if (h * k + std::min(h, k) + 1 <= target.vectorRegisters && blocks < fewest) {
        fewest = blocks;
        best = {h, k};
      }
    }
  return best;
}

} // namespace

std::optional<int64_t> groupSize(Value queries, Value cache) {
  int64_t heads = cast<ShapedType>(queries.getType()).getDimSize(1);
  int64_t kvHeads = cast<ShapedType>(cache.getType()).getDimSize(0);
  if (ShapedType::isDynamic(heads) || ShapedType::isDynamic(kvHeads) || kvHeads == 0)
    return std::nullopt;
  return heads / kvHeads;
}

LogicalResult expectGroups(Operation *op, StringRef constraint, Value queries, Value cache) {
  int64_t heads = cast<ShapedType>(queries.getType()).getDimSize(1);
  int64_t kvHeads = cast<ShapedType>(cache.getType()).getDimSize(0);
  if (ShapedType::isDynamic(heads) || ShapedType::isDynamic(kvHeads))
    return success();
  if (kvHeads == 0 || heads % kvHeads)
    return op->emitOpError() << constraint << ": " << heads << " query heads cannot share "
                             << kvHeads << " kv heads";
  return success();
}

LogicalResult expectStats(Operation *op, StringRef constraint, Value stats, StringRef name,
                          Value of) {
  for (unsigned i = 0; i < 2; ++i)
    if (failed(expectSameDim(op, constraint, {"stats", stats, i}, {name, of, i})))
      return failure();
  if (int64_t size = NamedDim{"stats", stats, 2}.size(); size != 2)
    return op->emitOpError() << constraint << ": dim(stats, 2) is " << size << " but must be 2";
  return success();
}

FailureOr<SmallVector<Value>>
overGroups(Emit &emit, Operation *op, Value position, Value queries, Value cache, ValueRange outs,
           function_ref<SmallVector<Value>(const HeadGroup &, ValueRange)> body) {
  std::optional<int64_t> size = groupSize(queries, cache);
  if (!size)
    return op->emitOpError("has a dynamic number of heads, so its groups are unknown");
  OpBuilder &b = emit.b;
  auto add = [&](Value x, Value y) -> Value { return arith::AddIOp::create(b, emit.loc, x, y); };
  return SmallVector<Value>(emit.loop(emit.dim(queries, 0), outs, [&](Value t, ValueRange ofToken) {
    Value visible = position ? add(add(position, t), emit.index(1)) : Value();
    return SmallVector<Value>(
        emit.loop(emit.dim(cache, 0), ofToken, [&](Value g, ValueRange carried) {
          HeadGroup group{t, g, {}, visible};
          Value first = arith::MulIOp::create(b, emit.loc, g, emit.index(*size));
          for (int64_t i = 0; i < *size; ++i)
            group.heads.push_back(add(first, emit.index(i)));
          return body(group, carried);
        }));
  }));
}

SmallVector<Value> overRows(Emit &emit, Value begin, Value end, ValueRange inits,
                            function_ref<SmallVector<Value>(Value, int64_t, ValueRange)> body) {
  OpBuilder &b = emit.b;
  auto walk = [&](Value trips, Value first, int64_t count, ValueRange carried) {
    return emit.loop(trips, carried, [&](Value i, ValueRange now) {
      Value offset = arith::MulIOp::create(b, emit.loc, i, emit.index(count));
      return body(arith::AddIOp::create(b, emit.loc, first, offset), count, now);
    });
  };
  int64_t lanes = emit.target.lanes();
  Value rows = b.createOrFold<arith::SubIOp>(emit.loc, end, begin);
  Value vectors = arith::DivUIOp::create(b, emit.loc, rows, emit.index(lanes));
  Value inVectors = arith::MulIOp::create(b, emit.loc, vectors, emit.index(lanes));
  ValueRange carried = walk(vectors, begin, lanes, inits);
  Value rest = b.createOrFold<arith::AddIOp>(emit.loc, begin, inVectors);
  return SmallVector<Value>(
      walk(arith::SubIOp::create(b, emit.loc, rows, inVectors), rest, 1, carried));
}

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

SmallVector<Value> scoresOf(Emit &emit, Value queries, ArrayRef<Value> heads, Value keys, Value row,
                            int64_t count, double scale) {
  OpBuilder &b = emit.b;
  SmallVector<Value> rows;
  for (int64_t j = 0; j < count; ++j)
    rows.push_back(arith::AddIOp::create(b, emit.loc, row, emit.index(j)));
  auto [atATime, keysAtATime] = fewestBlocks(emit.target, int64_t(heads.size()), count);
  SmallVector<Value> dots(heads.size() * count);
  for (size_t h = 0; h < heads.size(); h += atATime)
    for (int64_t j = 0; j < count; j += keysAtATime) {
      auto some = heads.slice(h, std::min<size_t>(atATime, heads.size() - h));
      auto part = ArrayRef(rows).slice(j, std::min<int64_t>(keysAtATime, count - j));
      SmallVector<Value> found(some.size() * part.size(), emit.f32(0));
      int64_t lanes = emit.target.lanes();
      // All rows of the first side are in registers.
      bool queriesFirst = some.size() <= part.size();
      found = queriesFirst ? emit.dots(queries, some, keys, part, lanes, found)
                           : emit.dots(keys, part, queries, some, lanes, found);
      for (size_t i = 0; i < found.size(); ++i) {
        size_t head = queriesFirst ? i / part.size() : i % some.size();
        size_t key = queriesFirst ? i % part.size() : i / some.size();
        dots[(h + head) * count + j + key] = found[i];
      }
    }
  auto vector = VectorType::get({count}, b.getF32Type());
  Value factor = vector::BroadcastOp::create(b, emit.loc, vector, emit.f32(scale));
  SmallVector<Value> scores;
  for (size_t h = 0; h < heads.size(); ++h) {
    Value own = vector::FromElementsOp::create(b, emit.loc, vector,
                                               ValueRange(dots).slice(h * count, count));
    scores.push_back(arith::MulFOp::create(b, emit.loc, own, factor, contract));
  }
  return scores;
}

SmallVector<Value> addValues(Emit &emit, ValueRange sums, ArrayRef<Value> weights, Value values,
                             Value row) {
  OpBuilder &b = emit.b;
  SmallVector<Value> mixed(sums);
  auto type = cast<VectorType>(sums[0].getType());
  for (int64_t j = 0; j < cast<VectorType>(weights[0].getType()).getDimSize(0); ++j) {
    Value at = arith::AddIOp::create(b, emit.loc, row, emit.index(j));
    Value value = emit.readRow(values, at, emit.index(0), type.getDimSize(0));
    for (auto [sum, of] : llvm::zip_equal(mixed, weights)) {
      Value weight = vector::ExtractOp::create(b, emit.loc, of, j);
      weight = vector::BroadcastOp::create(b, emit.loc, type, weight);
      Value product = arith::MulFOp::create(b, emit.loc, weight, value, contract);
      sum = arith::AddFOp::create(b, emit.loc, product, sum, contract);
    }
  }
  return mixed;
}

Value writeRow(Emit &emit, Value row, Value into, ValueRange at) {
  return vector::TransferWriteOp::create(emit.b, emit.loc, row, into, at, ArrayRef<bool>{true})
      .getResult();
}

} // namespace cria
