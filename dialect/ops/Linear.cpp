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

//===----------------------------------------------------------------------===//
// Decomposition
//===----------------------------------------------------------------------===//

namespace {

/// One token: each row of the weight is read once, from its beginning to its end.
Value emitVectorProduct(LinearOp op, Emit &emit) {
  OpBuilder &b = emit.b;
  Value token = emit.index(0);
  return emit.loop(emit.dim(op.getWeight(), 0), op.getOut(), [&](Value n, ValueRange out) {
    Value sum = emit.dot(op.getWeight(), n, op.getX(), token);
    if (op.getBias()) {
      Value bias = tensor::ExtractOp::create(b, emit.loc, op.getBias(), n);
      sum = arith::AddFOp::create(b, emit.loc, sum, emit.widen(bias));
    }
    return SmallVector<Value>{
        tensor::InsertOp::create(b, emit.loc, sum, out[0], ValueRange{token, n})};
  })[0];
}

/// Several tokens: blocks of sums stay in registers while the rows that they are of pass by. The
/// depth is cut so that those rows stay in the first-level cache.
class MatrixProduct {
public:
  MatrixProduct(LinearOp op, Emit &emit)
      : op(op), emit(emit), b(emit.b), target(emit.target), block(target.registerBlock()) {}

  Value run() {
    int64_t depth = cast<RankedTensorType>(op.getX().getType()).getDimSize(1);
    int64_t cut = target.l1Bytes / (4 * (block.lhs + block.rhs));
    cut = std::min(depth, std::max(target.lanes(), cut - cut % target.lanes()));
    Value out = rows(op.getOut(), emit.index(0), cut, /*first=*/true);
    out = emit.loop(emit.index(depth / cut - 1), out, [&](Value i, ValueRange carried) {
      Value k = arith::AddIOp::create(b, emit.loc, times(i, cut), emit.index(cut));
      return SmallVector<Value>{rows(carried[0], k, cut, /*first=*/false)};
    })[0];
    if (depth % cut)
      out = rows(out, emit.index(depth - depth % cut), depth % cut, /*first=*/false);
    return out;
  }

private:
  Value times(Value i, int64_t factor) {
    return arith::MulIOp::create(b, emit.loc, i, emit.index(factor));
  }

  /// What a sum begins with: the bias or zero in the first cut of the depth, then what it
  /// has come to. Zeros written to memory beforehand would be one value for all products of
  /// a shape, and then be copied.
  Value start(Value out, Value token, Value output, bool first) {
    if (!first)
      return tensor::ExtractOp::create(b, emit.loc, out, ValueRange{token, output});
    if (!op.getBias())
      return emit.f32(0);
    return emit.widen(tensor::ExtractOp::create(b, emit.loc, op.getBias(), output));
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

  Value rows(Value out, Value k, int64_t depth, bool first) {
    Value outputs = emit.dim(op.getWeight(), 0), tokens = emit.dim(op.getX(), 0);
    return blocks(outputs, block.rhs, out, [&](Value n, int64_t width, Value columns) {
      return blocks(tokens, block.lhs, columns, [&](Value t, int64_t height, Value part) {
        return products(part, t, height, n, width, k, depth, first);
      });
    });
  }

  Value products(Value out, Value t, int64_t height, Value n, int64_t width, Value k, int64_t depth,
                 bool first) {
    auto from = [&](Value first, int64_t count) {
      SmallVector<Value> all;
      for (int64_t i = 0; i < count; ++i)
        all.push_back(arith::AddIOp::create(b, emit.loc, first, emit.index(i)));
      return all;
    };
    SmallVector<Value> tokens = from(t, height), outputs = from(n, width), sums;
    for (Value token : tokens)
      for (Value output : outputs)
        sums.push_back(start(out, token, output, first));
    // A block of one sum would wait for each of its additions.
    int64_t lanes = height * width == 1 ? target.reductionLanes() : target.lanes();
    sums = emit.dots(op.getX(), tokens, op.getWeight(), outputs, k, depth, lanes, sums);
    for (size_t i = 0; i < sums.size(); ++i)
      out = tensor::InsertOp::create(b, emit.loc, sums[i], out,
                                     ValueRange{tokens[i / width], outputs[i % width]});
    return out;
  }

  LinearOp op;
  Emit &emit;
  OpBuilder &b;
  TargetInfo target;
  TargetInfo::Block block;
};

} // namespace

FailureOr<SmallVector<Value>> LinearOp::decomposeOperation(OpBuilder &b) {
  Emit emit(b, *this);
  bool oneToken = cast<RankedTensorType>(getX().getType()).getDimSize(0) == 1;
  return SmallVector<Value>{oneToken ? emitVectorProduct(*this, emit)
                                     : MatrixProduct(*this, emit).run()};
}
