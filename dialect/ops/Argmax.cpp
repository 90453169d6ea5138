//===- Argmax.cpp - The likeliest token -----------------------------------===//
#include "dialect/ops/TensorBuilder.h"
#include "dialect/ops/Verify.h"

using namespace mlir;
using namespace cria;

namespace {

/// Elements of a part of `x`, if both sizes are static.
std::optional<int64_t> partSize(Value x, Value best) {
  int64_t elements = NamedDim{"x", x, 1}.size(), parts = NamedDim{"best", best, 1}.size();
  if (ShapedType::isDynamic(elements) || ShapedType::isDynamic(parts) || parts == 0)
    return std::nullopt;
  return elements / parts;
}

/// The elements of each part of `row` [T, N], as [T, P, n].
Value splitParts(TensorBuilder &b, Value row, ArrayRef<OpFoldResult> sizes) {
  auto type = RankedTensorType::get(decomposeMixedValues(llvm::to_vector(sizes)).first,
                                    getElementTypeOrSelf(row));
  return tensor::ExpandShapeOp::create(b, type, row, ArrayRef<ReassociationIndices>{{0}, {1, 2}},
                                       sizes);
}

} // namespace

LogicalResult ArgmaxOp::verify() {
  if (getIndices() &&
      failed(expectSameShape(*this, "argmax_c1", "indices", getIndices(), "x", getX())))
    return failure();
  if (failed(expectSameShape(*this, "argmax_c2", "index", getIndex(), "best", getBest())) ||
      failed(expectSameDim(*this, "argmax_c3", {"best", getBest(), 0}, {"x", getX(), 0})))
    return failure();
  int64_t parts = NamedDim{"best", getBest(), 1}.size(), elements = NamedDim{"x", getX(), 1}.size();
  if (parts == 0 || (partSize(getX(), getBest()) && elements % parts != 0))
    return emitOpError() << "argmax_c4: " << elements << " elements have no " << parts
                         << " parts of one size";
  int64_t stride = int64_t(getStride());
  if (stride < 1 || (!getIndices() && stride != 1))
    return emitOpError() << "argmax_c5: stride must be "
                         << (getIndices() ? "positive" : "1 without indices") << ", found "
                         << stride;
  return success();
}

TileMap ArgmaxOp::getTileMap() {
  int64_t size = partSize(getX(), getBest()).value_or(int64_t(TileDim::unknown));
  unsigned best = getIndices() ? 2 : 1;
  TileMap map{{{best, 0}, {best, 1}}, {}};
  map.operands.append(best, OperandTile{{0}, {1, size}});
  map.operands.append(2, OperandTile{{0}, {1}});
  return map;
}

Cost ArgmaxOp::getCost(Step step) {
  Cost cost = detail::operandBytes(*this, step);
  cost.flops = detail::elementsOf(getX(), step);
  return cost;
}

FailureOr<SmallVector<Value>> ArgmaxOp::decomposeOperation(OpBuilder &builder) {
  TensorBuilder b(builder, *this);
  OpFoldResult tokens = b.size(getBest(), 0), parts = b.size(getBest(), 1);
  AffineExpr all, count;
  bindSymbols(getContext(), all, count);
  OpFoldResult size = b.apply(all.floorDiv(count), {b.size(getX(), 1), parts});
  SmallVector<OpFoldResult> split{tokens, parts, size};
  using Operand = TensorBuilder::Operand;
  Operand x{splitParts(b, getX(), split), {0, 1, 2}};
  auto perPart = [](Value tensor) { return Operand{tensor, {0, 1}}; };

  // Both ends of the range tell whether all of it is finite.
  constexpr double infinite = std::numeric_limits<double>::infinity();
  SmallVector<OpFoldResult> each{tokens, parts};
  SmallVector<Value> range = b.generic(
      3, x, {perPart(b.fill(-infinite, b.empty(each))), perPart(b.fill(infinite, b.empty(each)))},
      [&](ValueRange in, ValueRange ends) -> SmallVector<Value> {
        return {arith::MaximumFOp::create(b, ends[0], in[0]),
                arith::MinimumFOp::create(b, ends[1], in[0])};
      });

  Type word = b.getI32Type();
  auto number = [&](int64_t value) -> Value {
    return arith::ConstantIntOp::create(b, word, value);
  };
  Value none = number(std::numeric_limits<int32_t>::max());
  SmallVector<Operand> read{x, perPart(range[0])};
  if (getIndices())
    read.push_back({splitParts(b, getIndices(), split), {0, 1, 2}});
  Value unset = linalg::FillOp::create(b, none, tensor::EmptyOp::create(b, each, word).getResult())
                    .getResult(0);
  Value found = b.generic(
      3, read, perPart(unset), [&](ValueRange in, ValueRange least) -> SmallVector<Value> {
        Value at = arith::IndexCastOp::create(b, word, linalg::IndexOp::create(b, 2));
        if (getIndices())
          at = arith::AddIOp::create(b, arith::MulIOp::create(b, at, number(int64_t(getStride()))),
                                     in[2]);
        Value isBest = arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, in[0], in[1]);
        Value place = arith::SelectOp::create(b, isBest, at, none);
        return {arith::MinSIOp::create(b, least[0], place)};
      })[0];

  return b.generic(
      2, {perPart(range[0]), perPart(range[1]), perPart(found)},
      {perPart(getBest()), perPart(getIndex())}, [&](ValueRange in, ValueRange) {
        auto less = [&](Value x, Value y) -> Value {
          return arith::CmpFOp::create(b, arith::CmpFPredicate::OLT, x, y);
        };
        Value finite =
            arith::AndIOp::create(b, less(in[0], b.f32(infinite)), less(b.f32(-infinite), in[1]));
        Value noNumber = b.f32(std::numeric_limits<double>::quiet_NaN());
        return SmallVector<Value>{arith::SelectOp::create(b, finite, in[0], noNumber),
                                  arith::SelectOp::create(b, finite, in[2], number(-1))};
      });
}
