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
  // What does nothing is left out.
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
  TileMap map{{{0, 0}, {1, 0}}, {{{0}, {}}, {{1}, {}}}, std::nullopt};
  if (getBias())
    map.operands.push_back({{1}});
  if (getGain())
    map.operands.push_back({{}});
  if (getScale())
    map.operands.push_back({{0}});
  map.operands.push_back({{0}, {1}});
  return map;
}

Cost LinearOp::getCost(int64_t context) {
  Cost cost = detail::operandBytes(*this, context);
  auto x = cast<ShapedType>(getX().getType());
  int64_t outputs = cast<ShapedType>(getOut().getType()).getNumElements();
  cost.flops = 2 * outputs * x.getDimSize(1);
  if (getGain())
    cost.flops += x.getNumElements();
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

/// One token: each row of the weight is read once, from its beginning to its end.
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

/// Several tokens: blocks of sums stay in registers while the rows that they are of pass by.
/// The depth is cut so that those rows stay in the first-level cache. Rows of a weight that
/// are not f32, or have a gain, are made so once for all tokens.
class MatrixProduct {
public:
  MatrixProduct(LinearOp op, Emit &emit)
      : op(op), emit(emit), b(emit.b), target(emit.target), block(target.registerBlock()),
        packs(op.getGain() || !getElementTypeOrSelf(op.getWeight()).isF32()) {}

  Value run() {
    int64_t depth = cast<RankedTensorType>(op.getX().getType()).getDimSize(1);
    int64_t cut = target.l1Bytes / (4 * (block.lhs + block.rhs));
    cut = std::min(depth, std::max(target.lanes(), cut - cut % target.lanes()));
    int64_t cuts = llvm::divideCeil(depth, cut), last = depth - (cuts - 1) * cut;
    if (cuts == 1)
      return rows(op.getOut(), emit.index(0), depth, {/*first=*/true, /*last=*/true});
    Value out = rows(op.getOut(), emit.index(0), cut, {/*first=*/true, /*last=*/false});
    out = emit.loop(emit.index(cuts - 2), out, [&](Value i, ValueRange carried) {
      Value k = arith::AddIOp::create(b, emit.loc, times(i, cut), emit.index(cut));
      return SmallVector<Value>{rows(carried[0], k, cut, {/*first=*/false, /*last=*/false})};
    })[0];
    return rows(out, emit.index(depth - last), last, {/*first=*/false, /*last=*/true});
  }

private:
  /// Whether sums begin in this cut of the depth, and whether they are complete after it.
  struct Ends {
    bool first, last;
  };

  Value times(Value i, int64_t factor) {
    return arith::MulIOp::create(b, emit.loc, i, emit.index(factor));
  }

  /// Zero, then what a sum has come to. Zeros written to memory beforehand would be one
  /// value for all products of a shape, and then be copied.
  Value start(Value out, Value token, Value output, Ends ends) {
    if (ends.first)
      return emit.f32(0);
    return tensor::ExtractOp::create(b, emit.loc, out, ValueRange{token, output});
  }

  /// Calls `body` for blocks of `size` of `extent`, and then of what is left of them.
  Value blocks(Value extent, int64_t size, Value out,
               function_ref<Value(Value first, int64_t count, Value out)> body) {
    Value whole = arith::DivUIOp::create(b, emit.loc, extent, emit.index(size));
    out = emit.loop(whole, out, [&](Value i, ValueRange carried) {
      return SmallVector<Value>{body(times(i, size), size, carried[0])};
    })[0];
    Value done = times(whole, size);
    Value left = arith::SubIOp::create(b, emit.loc, extent, done);
    return emit.loop(left, out, [&](Value i, ValueRange carried) {
      Value first = arith::AddIOp::create(b, emit.loc, done, i);
      return SmallVector<Value>{body(first, 1, carried[0])};
    })[0];
  }

  /// Columns `k` … `k` + `depth` - 1.
  Value columns(Value of, Value k, int64_t depth) {
    SmallVector<OpFoldResult> offsets{k}, sizes = tensor::getMixedSizes(b, emit.loc, of);
    if (sizes.size() == 2)
      offsets.insert(offsets.begin(), b.getIndexAttr(0));
    sizes.back() = b.getIndexAttr(depth);
    SmallVector<OpFoldResult> strides(sizes.size(), b.getIndexAttr(1));
    return tensor::ExtractSliceOp::create(b, emit.loc, of, offsets, sizes, strides);
  }

  Value rows(Value out, Value k, int64_t depth, Ends ends) {
    Value outputs = emit.dim(op.getWeight(), 0), tokens = emit.dim(op.getX(), 0);
    Value x = columns(op.getX(), k, depth), weight = columns(op.getWeight(), k, depth);
    Value gain = op.getGain() ? columns(op.getGain(), k, depth) : Value();
    return blocks(outputs, block.rhs, out, [&](Value n, int64_t width, Value written) {
      SmallVector<Value> outputRows = from(n, width), weightRows = outputRows;
      Value source = weight;
      if (packs) {
        weightRows = from(emit.index(0), width);
        source = emptyRows(emit, width, depth);
        for (auto [row, place] : llvm::zip_equal(outputRows, weightRows))
          source = emit.packRow(weight, row, gain, source, place);
      }
      return blocks(tokens, block.lhs, written, [&](Value t, int64_t height, Value part) {
        return products(part, {x, from(t, height)}, {source, weightRows}, outputRows, ends);
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

  Value products(Value out, const Rows &x, const Rows &weight, ArrayRef<Value> outputs, Ends ends) {
    SmallVector<Value> sums;
    for (Value token : x.numbers)
      for (Value output : outputs)
        sums.push_back(start(out, token, output, ends));
    // A block of one sum would wait for each of its additions.
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
  bool packs;
};

} // namespace

FailureOr<SmallVector<Value>> LinearOp::decomposeOperation(OpBuilder &b) {
  Emit emit(b, *this);
  bool oneToken = cast<RankedTensorType>(getX().getType()).getDimSize(0) == 1;
  return SmallVector<Value>{oneToken ? emitVectorProduct(*this, emit)
                                     : MatrixProduct(*this, emit).run()};
}
