//===- KeyBlocks.cpp - Attention in blocks of keys ------------------------===//
#include "dialect/ops/KeyBlocks.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"

using namespace mlir;

namespace cria {
namespace {
constexpr double least = -std::numeric_limits<double>::infinity();

/// Keys per block by the schedule of the kernel around `op`, at most all rows of the cache.
int64_t keysPerBlock(Operation *op, Value cache) {
  constexpr int64_t standard = 64;
  int64_t scheduled = scheduleOf(op).getKeys();
  return std::min(scheduled ? scheduled : standard,
                  cast<ShapedType>(cache.getType()).getDimSize(1));
}
} // namespace

KeyBlocks::KeyBlocks(TensorBuilder &b, Operation *op, const HeadGroup &group, Value queries,
                     Value keys, Value values, double scale)
    : b(b), group(group), queries(group.heads(b, queries)), keys(keys), values(values),
      scale(scale), rowsPerBlock(keysPerBlock(op, keys)) {}

KeyBlocks::State KeyBlocks::over(Value begin, Value end, Value mixed) {
  return walk(begin, end, end, /*position=*/Value(), mixed);
}

KeyBlocks::State KeyBlocks::overVisible(Value position, Value mixed) {
  OpFoldResult tokens = b.size(queries, 0);
  auto after = [&](OpFoldResult count) {
    AffineExpr sum = b.getAffineSymbolExpr(0) + b.getAffineSymbolExpr(1);
    return getValueOrCreateConstantIndexOp(b, b.getLoc(), b.apply(sum, {position, count}));
  };
  bool oneToken = isConstantIntValue(tokens, 1);
  return walk(b.index(0), after(b.getIndexAttr(1)), after(tokens), oneToken ? Value() : position,
              mixed);
}

KeyBlocks::State KeyBlocks::walk(Value begin, Value seen, Value end, Value position, Value mixed) {
  AffineExpr first = b.getAffineSymbolExpr(0), second = b.getAffineSymbolExpr(1);
  auto apply = [&](AffineExpr expr, Value x, Value y) {
    return getValueOrCreateConstantIndexOp(b, b.getLoc(), b.apply(expr, {x, y}));
  };
  auto blocks = [&](Value from, Value to, const State &state, auto body) -> State {
    SmallVector<Value> values = b.loop(from, to, rowsPerBlock, {state.mixed, state.top, state.sum},
                                       [&](Value row, ValueRange carried) {
                                         State next =
                                             body(row, State{carried[0], carried[1], carried[2]});
                                         return SmallVector<Value>{next.mixed, next.top, next.sum};
                                       });
    return {values[0], values[1], values[2]};
  };
  State state{b.fill(0, mixed), b.fill(least, emptyStats(queries)), b.fill(0, emptyStats(queries))};
  Value inFull = apply(first + (second - first).floorDiv(rowsPerBlock) * rowsPerBlock, begin, seen);
  state = blocks(begin, inFull, state, [&](Value row, const State &before) {
    return step({row, b.getIndexAttr(rowsPerBlock), queries, Value()}, before);
  });
  return blocks(inFull, end, state, [&](Value row, const State &before) {
    AffineMap rest = AffineMap::get(0, 2, {b.getAffineConstantExpr(rowsPerBlock), second - first},
                                    b.getContext());
    OpFoldResult size = affine::makeComposedFoldedAffineMin(b, b.getLoc(), rest, {row, end});
    Block block{row, size, queries, position};
    return position ? stepSeen(block, before) : step(block, before);
  });
}

KeyBlocks::State KeyBlocks::stepSeen(Block block, const State &state) {
  AffineExpr first = b.getAffineSymbolExpr(0), second = b.getAffineSymbolExpr(1);
  AffineMap early =
      AffineMap::get(0, 2, {b.getAffineConstantExpr(0), first - second}, b.getContext());
  OpFoldResult from =
      affine::makeComposedFoldedAffineMax(b, b.getLoc(), early, {block.first, block.position});
  OpFoldResult count = b.apply(first - second, {b.size(queries, 0), from});
  auto part = [&](Value whole) {
    SmallVector<OpFoldResult> offsets(cast<ShapedType>(whole.getType()).getRank(),
                                      b.getIndexAttr(0)),
        sizes = tensor::getMixedSizes(b, b.getLoc(), whole);
    offsets[0] = from;
    sizes[0] = count;
    return TensorBuilder::Part{offsets, sizes};
  };
  auto extract = [&](Value whole) { return b.extract(whole, part(whole)); };
  auto insert = [&](Value some, Value whole) { return b.insert(some, whole, part(whole)); };
  block.queries = extract(queries);
  block.position = getValueOrCreateConstantIndexOp(b, b.getLoc(),
                                                   b.apply(first + second, {block.position, from}));
  State seen = step(block, {extract(state.mixed), extract(state.top), extract(state.sum)});
  return {insert(seen.mixed, state.mixed), insert(seen.top, state.top),
          insert(seen.sum, state.sum)};
}

Value KeyBlocks::emptyStats(Value queries) {
  return b.empty({b.size(queries, 0), b.size(queries, 1)});
}

Value KeyBlocks::products(const Block &block) {
  OpFoldResult zero = b.getIndexAttr(0), tokens = b.size(block.queries, 0),
               heads = b.size(block.queries, 1);
  // Rows of a partial block are as far apart as those of a full one.
  Value scores = b.empty({tokens, heads, b.getIndexAttr(rowsPerBlock)});
  if (!isConstantIntValue(block.size, rowsPerBlock))
    scores = b.extract(scores, {{zero, zero, zero}, {tokens, heads, block.size}});
  return b.product(4, {block.queries, {0, 1, 3}},
                   {group.rows(b, keys, block.first, block.size), {2, 3}},
                   {b.fill(0, scores), {0, 1, 2}});
}

std::pair<Value, Value> KeyBlocks::scoresOf(const Block &block) {
  // Finite: if no row of a block is seen, exponentials of differences are 0, not NaN.
  Value lowest = b.fill(std::numeric_limits<float>::lowest(), emptyStats(block.queries));
  auto highest = [&](Value top, Value score) -> Value {
    return arith::MaxNumFOp::create(b, top, score);
  };
  Value scores = products(block);
  if (scale == 1 && !block.position)
    return {scores, b.generic(3, {{scores, {0, 1, 2}}}, {{lowest, {0, 1}}},
                              [&](ValueRange in, ValueRange old) -> SmallVector<Value> {
                                return {highest(old[0], in[0])};
                              })[0]};
  SmallVector<Value> found =
      b.generic(3, {}, {{scores, {0, 1, 2}}, {lowest, {0, 1}}}, [&](ValueRange, ValueRange old) {
        Value score = scale == 1 ? old[0] : b.mul(old[0], b.f32(scale));
        if (block.position) {
          auto plus = [&](Value base, uint64_t loop) {
            return arith::AddIOp::create(b, base, linalg::IndexOp::create(b, loop)).getResult();
          };
          Value seen = arith::CmpIOp::create(b, arith::CmpIPredicate::ule, plus(block.first, 2),
                                             plus(block.position, 0));
          score = arith::SelectOp::create(b, seen, score, b.f32(least));
        }
        return SmallVector<Value>{score, highest(old[1], score)};
      });
  return {found[0], found[1]};
}

KeyBlocks::State KeyBlocks::step(const Block &block, State state) {
  auto [scores, top] = scoresOf(block);
  SmallVector<Value> stats =
      b.generic(2, {}, {{state.top, {0, 1}}, {state.sum, {0, 1}}, {top, {0, 1}}},
                [&](ValueRange, ValueRange old) {
                  Value higher = arith::MaxNumFOp::create(b, old[0], old[2]);
                  Value decay = b.expOfDifference(old[0], higher);
                  return SmallVector<Value>{higher, b.mul(old[1], decay), decay};
                });
  SmallVector<Value> weights =
      b.generic(3, {{stats[0], {0, 1}}}, {{scores, {0, 1, 2}}, {stats[1], {0, 1}}},
                [&](ValueRange in, ValueRange old) {
                  Value weight = b.expOfDifference(old[0], in[0]);
                  return SmallVector<Value>{weight, b.addTerm(old[1], weight)};
                });
  Value mixed = b.map({{stats[2], {0, 1}}}, state.mixed,
                      [&](ValueRange in, Value old) { return b.mul(old, in[0]); });
  Value rows = group.rows(b, values, block.first, block.size);
  mixed = b.product(4, {weights[0], {0, 1, 3}}, {rows, {3, 2}}, {mixed, {0, 1, 2}});
  return {mixed, stats[0], weights[1]};
}

} // namespace cria
