//===- Linear.cpp - Products with a weight --------------------------------===//
#include "dialect/ops/Emit.h"
#include "dialect/ops/Verify.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include <cmath>

using namespace mlir;
using namespace cria;

LogicalResult LinearOp::verify() {
  if (failed(expectSameDim(*this, "linear_c1", {"weight", getWeight(), 1}, {"x", getX(), 1})) ||
      failed(expectSameDim(*this, "linear_c2", {"out", getOut(), 0}, {"x", getX(), 0})) ||
      failed(expectSameDim(*this, "linear_c2", {"out", getOut(), 1}, {"weight", getWeight(), 0})))
    return failure();
  if (getBias() &&
      failed(expectSameDim(*this, "linear_c3", {"bias", getBias(), 0}, {"weight", getWeight(), 0})))
    return failure();
  if (getGain() &&
      failed(expectSameDim(*this, "linear_c4", {"gain", getGain(), 0}, {"x", getX(), 1})))
    return failure();
  if (getScale() &&
      failed(expectSameDim(*this, "linear_c5", {"scale", getScale(), 0}, {"x", getX(), 0})))
    return failure();
  if (!std::isfinite(getAlpha().convertToDouble()))
    return emitOpError() << "linear_c6: alpha must be finite, found "
                         << getAlpha().convertToDouble();
  return success();
}

LogicalResult LinearOp::canonicalize(LinearOp op, PatternRewriter &rewriter) {
  // Drop operands that have no effect.
  auto drop = [&](MutableOperandRange operand) {
    rewriter.modifyOpInPlace(op, [&] { operand.clear(); });
    return success();
  };
  if (op.getBias() && matchPattern(op.getBias(), m_AnyZeroFloat()))
    return drop(op.getBiasMutable());
  if (op.getGain() && matchPattern(op.getGain(), m_OneFloat()))
    return drop(op.getGainMutable());
  if (op.getScale() && matchPattern(op.getScale(), m_OneFloat()))
    return drop(op.getScaleMutable());
  return failure();
}

TileMap LinearOp::getTileMap() {
  TileMap map{{{0, 0}, {1, 0}}, {{{0}, {}}, {{1}, {}}}};
  if (getBias())
    map.operands.push_back({{1}});
  if (getGain())
    map.operands.push_back({{}});
  if (getScale())
    map.operands.push_back({{0}});
  map.operands.push_back({{0}, {1}});
  return map;
}

Cost LinearOp::getCost(Step step) {
  Cost cost = detail::operandBytes(*this, step);
  int64_t outputs = detail::elementsOf(getOut(), step);
  cost.flops = 2 * outputs * cast<ShapedType>(getX().getType()).getDimSize(1);
  if (getGain())
    cost.flops += detail::elementsOf(getX(), step);
  cost.flops +=
      outputs * (bool(getBias()) + bool(getScale()) + (getAlpha().convertToDouble() != 1));
  return cost;
}

//===----------------------------------------------------------------------===//
// Decomposition
//===----------------------------------------------------------------------===//

namespace {

Value emptyRows(Emit &emit, int64_t rows, int64_t width) {
  return tensor::EmptyOp::create(emit.b, emit.loc, {rows, width}, emit.b.getF32Type());
}

/// alpha · (scale[token] · sum + bias[output])
Value finish(LinearOp op, Emit &emit, Value sum, Value token, Value output) {
  OpBuilder &b = emit.b;
  if (op.getScale()) {
    Value scale = tensor::ExtractOp::create(b, emit.loc, op.getScale(), token);
    sum = arith::MulFOp::create(b, emit.loc, sum, scale);
  }
  if (op.getBias()) {
    Value bias = tensor::ExtractOp::create(b, emit.loc, op.getBias(), output);
    sum = arith::AddFOp::create(b, emit.loc, sum, emit.widen(bias));
  }
  double alpha = op.getAlpha().convertToDouble();
  return alpha == 1 ? sum : arith::MulFOp::create(b, emit.loc, sum, emit.f32(alpha));
}

/// One token: each row of the weight is read once, from start to end.
Value emitVectorProduct(LinearOp op, Emit &emit) {
  OpBuilder &b = emit.b;
  Value token = emit.index(0), x = op.getX();
  if (op.getGain()) {
    int64_t depth = cast<RankedTensorType>(x.getType()).getDimSize(1);
    x = emit.packRow(x, token, op.getGain(), emptyRows(emit, 1, depth), token);
  }
  return emit.loop(emit.dim(op.getWeight(), 0), op.getOut(), [&](Value n, ValueRange out) {
    Value sum = finish(op, emit, emit.dot(op.getWeight(), n, x, token), token, n);
    return SmallVector<Value>{
        tensor::InsertOp::create(b, emit.loc, sum, out[0], ValueRange{token, n})};
  })[0];
}

/// Several tokens: blocks of sums stay in registers while their rows are streamed. The depth is cut
/// so that the rows of a block stay in the first-level cache. As many rows of the weight as fit
/// half of the second-level cache are copied there as f32, multiplied by the gain, and used for all
/// tokens, so that each comes from memory once.
class MatrixProduct {
public:
  MatrixProduct(LinearOp op, Emit &emit)
      : op(op), emit(emit), b(emit.b), target(emit.target), block(target.registerBlock()),
        depth(cast<RankedTensorType>(op.getX().getType()).getDimSize(1)) {}

  Value run() {
    // Leave space for the rows of the next block, which are already being fetched.
    int64_t lanes = target.lanes(), most = target.l1Bytes / (4 * (block.lhs + 2 * block.rhs));
    int64_t cuts = llvm::divideCeil(depth, std::max(lanes, most));
    int64_t cut = std::min(depth, int64_t(llvm::alignTo(llvm::divideCeil(depth, cuts), lanes)));
    cuts = llvm::divideCeil(depth, cut);
    int64_t last = depth - (cuts - 1) * cut;
    if (cuts == 1)
      return sumUp(op.getOut(), emit.index(0), depth, {/*first=*/true, /*last=*/true});
    Value out = sumUp(op.getOut(), emit.index(0), cut, {/*first=*/true, /*last=*/false});
    out = emit.loop(emit.index(cuts - 2), out, [&](Value i, ValueRange carried) {
      Value k = arith::AddIOp::create(b, emit.loc, times(i, cut), emit.index(cut));
      return SmallVector<Value>{sumUp(carried[0], k, cut, {/*first=*/false, /*last=*/false})};
    })[0];
    return sumUp(out, emit.index(depth - last), last, {/*first=*/false, /*last=*/true});
  }

private:
  /// Whether this cut of the depth is the first, and whether it is the last.
  struct Ends {
    bool first, last;
  };

  Value times(Value i, int64_t factor) {
    return arith::MulIOp::create(b, emit.loc, i, emit.index(factor));
  }

  /// Calls `body` for blocks of `size` of `extent`, then for the remainder: as one block if its
  /// size is static, else element by element.
  Value blocks(Value extent, int64_t size, Value out,
               function_ref<Value(Value first, int64_t count, Value out)> body) {
    Value whole = b.createOrFold<arith::DivUIOp>(emit.loc, extent, emit.index(size));
    out = emit.loop(whole, out, [&](Value i, ValueRange carried) {
      return SmallVector<Value>{body(times(i, size), size, carried[0])};
    })[0];
    if (std::optional<int64_t> known = getConstantIntValue(extent)) {
      int64_t left = *known % size;
      return left ? body(emit.index(*known - left), left, out) : out;
    }
    Value done = times(whole, size);
    Value left = arith::SubIOp::create(b, emit.loc, extent, done);
    return emit.loop(left, out, [&](Value i, ValueRange carried) {
      Value first = arith::AddIOp::create(b, emit.loc, done, i);
      return SmallVector<Value>{body(first, 1, carried[0])};
    })[0];
  }

  /// A vector of columns `k` … `k` + `width` - 1.
  Value columns(Value of, Value k, int64_t width) {
    SmallVector<OpFoldResult> offsets{k}, sizes = tensor::getMixedSizes(b, emit.loc, of);
    if (sizes.size() == 2)
      offsets.insert(offsets.begin(), b.getIndexAttr(0));
    sizes.back() = b.getIndexAttr(width);
    SmallVector<OpFoldResult> strides(sizes.size(), b.getIndexAttr(1));
    return tensor::ExtractSliceOp::create(b, emit.loc, of, offsets, sizes, strides);
  }

  /// Adds the products of columns `k` … `k` + `width` - 1 to all sums.
  Value sumUp(Value out, Value k, int64_t width, Ends ends) {
    Value x = columns(op.getX(), k, width), weight = columns(op.getWeight(), k, width);
    Value gain = op.getGain() ? columns(op.getGain(), k, width) : Value();
    Value outputs = emit.dim(op.getWeight(), 0), tokens = emit.dim(op.getX(), 0);
    // A partial last tile has a dynamic number of rows; they are taken a block at a time.
    int64_t room = std::max(block.rhs, target.l2Bytes / 2 / (4 * width));
    room = std::min(room, getConstantIntValue(outputs).value_or(block.rhs));
    return blocks(outputs, room, out, [&](Value first, int64_t count, Value written) {
      Value copied = emit.loop(
          emit.index(count), emptyRows(emit, count, width), [&](Value row, ValueRange rows) {
            Value from = arith::AddIOp::create(b, emit.loc, first, row);
            return SmallVector<Value>{emit.packRow(weight, from, gain, rows[0], row)};
          })[0];
      return blocks(tokens, block.lhs, written, [&](Value t, int64_t height, Value part) {
        SmallVector<Value> tokenRows = from(t, height);
        return blocks(emit.index(count), block.rhs, part, [&](Value n, int64_t wide, Value block) {
          SmallVector<Value> weightRows = from(n, wide);
          Value output = arith::AddIOp::create(b, emit.loc, first, n);
          return products(block, {x, tokenRows}, {copied, weightRows}, from(output, wide), ends);
        });
      });
    });
  }

  SmallVector<Value> from(Value first, int64_t count) {
    SmallVector<Value> all;
    for (int64_t i = 0; i < count; ++i)
      all.push_back(arith::AddIOp::create(b, emit.loc, first, emit.index(i)));
    return all;
  }

  struct Rows {
    Value of;
    SmallVector<Value> numbers;
  };

  /// Zero in the first cut, the previous sum in later ones. An explicit zero fill would be CSE'd
  /// across products and then copied by bufferization.
  Value start(Value out, Value token, Value output, Ends ends) {
    if (ends.first)
      return emit.f32(0);
    return tensor::ExtractOp::create(b, emit.loc, out, ValueRange{token, output});
  }

  Value products(Value out, const Rows &x, const Rows &weight, ArrayRef<Value> outputs, Ends ends) {
    SmallVector<Value> sums;
    for (Value token : x.numbers)
      for (Value output : outputs)
        sums.push_back(start(out, token, output, ends));
    // A block of a single sum would stall on the latency of each addition.
    int64_t lanes = sums.size() == 1 ? target.reductionLanes() : target.lanes();
    sums = emit.dots(x.of, x.numbers, weight.of, weight.numbers, lanes, sums);
    for (size_t i = 0; i < sums.size(); ++i) {
      Value token = x.numbers[i / outputs.size()], output = outputs[i % outputs.size()];
      Value sum = ends.last ? finish(op, emit, sums[i], token, output) : sums[i];
      out = tensor::InsertOp::create(b, emit.loc, sum, out, ValueRange{token, output});
    }
    return out;
  }

  LinearOp op;
  Emit &emit;
  OpBuilder &b;
  TargetInfo target;
  TargetInfo::Block block;
  int64_t depth;
};

} // namespace

FailureOr<SmallVector<Value>> LinearOp::decomposeOperation(OpBuilder &b) {
  Emit emit(b, *this);
  bool oneToken = cast<RankedTensorType>(getX().getType()).getDimSize(0) == 1;
  return SmallVector<Value>{oneToken ? emitVectorProduct(*this, emit)
                                     : MatrixProduct(*this, emit).run()};
}
