//===- Emit.cpp - Building blocks of decompositions -----------------------===//
#include "dialect/ops/Emit.h"

using namespace mlir;

namespace cria {
namespace {
/// Sums must be reassociable, or reductions could not be vectorised.
constexpr auto sumFlags = arith::FastMathFlags::reassoc | arith::FastMathFlags::contract;
} // namespace

Value Emit::index(int64_t value) { return arith::ConstantIndexOp::create(b, loc, value); }

Value Emit::f32(double value) {
  return arith::ConstantOp::create(b, loc, b.getF32FloatAttr(value));
}

Value Emit::dim(Value value, unsigned i) {
  auto type = cast<RankedTensorType>(value.getType());
  if (!type.isDynamicDim(i))
    return index(type.getDimSize(i));
  return tensor::DimOp::create(b, loc, value, i);
}

Value Emit::widen(Value value) {
  if (getElementTypeOrSelf(value.getType()).isF32())
    return value;
  Type f32 = b.getF32Type();
  if (auto vector = dyn_cast<VectorType>(value.getType()))
    f32 = VectorType::get(vector.getShape(), f32);
  return arith::ExtFOp::create(b, loc, f32, value);
}

Value Emit::narrow(Value value, Type element) {
  if (element.isF32())
    return value;
  if (auto vector = dyn_cast<VectorType>(value.getType()))
    element = VectorType::get(vector.getShape(), element);
  return arith::TruncFOp::create(b, loc, element, value);
}

Value Emit::readRow(Value source, ValueRange prefix, Value column, int64_t count) {
  SmallVector<Value> indices(prefix);
  indices.push_back(column);
  Type element = getElementTypeOrSelf(source.getType());
  Value padding = arith::ConstantOp::create(b, loc, b.getZeroAttr(element));
  Value row = vector::TransferReadOp::create(b, loc, VectorType::get({count}, element), source,
                                             indices, padding, ArrayRef<bool>{true});
  return widen(row);
}

Value Emit::dot(Value lhs, ValueRange lhsPrefix, Value rhs, ValueRange rhsPrefix) {
  return dots(lhs, lhsPrefix, rhs, rhsPrefix, target.reductionLanes(), f32(0))[0];
}

SmallVector<Value> Emit::dots(Value lhs, ValueRange lhsRows, Value rhs, ValueRange rhsRows,
                              int64_t lanes, ValueRange sums) {
  int64_t depth = cast<RankedTensorType>(lhs.getType()).getShape().back();
  lanes = std::min(lanes, depth);
  int64_t whole = depth - depth % lanes;
  // Multiplies `count` more elements of every pair, and adds them to `partial` if there is one.
  auto accumulate = [&](Value k, int64_t count, ValueRange partial) {
    SmallVector<Value> left, next;
    for (Value row : lhsRows)
      left.push_back(readRow(lhs, row, k, count));
    for (Value row : rhsRows) {
      Value right = readRow(rhs, row, k, count);
      for (Value l : left)
        next.push_back(arith::MulFOp::create(b, loc, l, right, sumFlags));
    }
    for (auto [sum, old] : llvm::zip(next, partial))
      sum = arith::AddFOp::create(b, loc, old, sum, sumFlags);
    return next;
  };
  // Partial sums are ordered by rhs, then lhs, since each row of rhs is read just before its use.
  auto reduce = [&](ValueRange partial, ValueRange into) {
    SmallVector<Value> reduced(into);
    for (size_t r = 0, i = 0; r < rhsRows.size(); ++r)
      for (size_t l = 0; l < lhsRows.size(); ++l, ++i) {
        Value &sum = reduced[l * rhsRows.size() + r];
        sum = vector::ReductionOp::create(b, loc, vector::CombiningKind::ADD, partial[i], sum,
                                          sumFlags);
      }
    return reduced;
  };

  auto type = VectorType::get({lanes}, b.getF32Type());
  Value zeros = arith::ConstantOp::create(b, loc, b.getZeroAttr(type));
  SmallVector<Value> partial(lhsRows.size() * rhsRows.size(), zeros);
  if (whole / lanes <= target.vectorRegisters) {
    // If left as a loop, LLVM unrolls it and sinks each multiply past the next load, spilling the
    // loaded rows.
    for (int64_t k = 0; k < whole; k += lanes)
      partial = accumulate(index(k), lanes, partial);
  } else {
    auto loop = scf::ForOp::create(b, loc, index(0), index(whole), index(lanes), partial,
                                   [&](OpBuilder &, Location, Value k, ValueRange carried) {
                                     scf::YieldOp::create(b, loc, accumulate(k, lanes, carried));
                                   });
    partial = SmallVector<Value>(loop.getResults());
  }
  SmallVector<Value> result = reduce(partial, sums);
  if (whole == depth)
    return result;
  return reduce(accumulate(index(whole), depth - whole, {}), result);
}

Value Emit::packRow(Value source, Value from, Value gain, Value into, Value to) {
  int64_t width = cast<RankedTensorType>(source.getType()).getDimSize(1);
  int64_t lanes = std::min(width, target.lanes()), whole = width - width % lanes;
  auto pack = [&](Value k, int64_t count, Value packed) -> Value {
    Value row = readRow(source, from, k, count);
    if (gain)
      row = arith::MulFOp::create(b, loc, row, readRow(gain, {}, k, count));
    return vector::TransferWriteOp::create(b, loc, row, packed, ValueRange{to, k},
                                           ArrayRef<bool>{true})
        .getResult();
  };
  auto loop = scf::ForOp::create(b, loc, index(0), index(whole), index(lanes), into,
                                 [&](OpBuilder &, Location, Value k, ValueRange packed) {
                                   scf::YieldOp::create(b, loc, pack(k, lanes, packed[0]));
                                 });
  if (whole == width)
    return loop.getResult(0);
  return pack(index(whole), width - whole, loop.getResult(0));
}

Value Emit::sum(Value source, ValueRange prefix, function_ref<Value(Value)> each) {
  int64_t width = cast<RankedTensorType>(source.getType()).getShape().back();
  int64_t lanes = std::min(width, target.reductionLanes()), whole = width - width % lanes;
  auto read = [&](Value k, int64_t count) { return each(readRow(source, prefix, k, count)); };
  auto reduce = [&](Value partial, Value into) -> Value {
    return vector::ReductionOp::create(b, loc, vector::CombiningKind::ADD, partial, into, sumFlags);
  };
  auto type = VectorType::get({lanes}, b.getF32Type());
  Value zeros = arith::ConstantOp::create(b, loc, b.getZeroAttr(type));
  auto loop = scf::ForOp::create(b, loc, index(0), index(whole), index(lanes), zeros,
                                 [&](OpBuilder &, Location, Value k, ValueRange partial) {
                                   Value next = arith::AddFOp::create(b, loc, partial[0],
                                                                      read(k, lanes), sumFlags);
                                   scf::YieldOp::create(b, loc, next);
                                 });
  Value result = reduce(loop.getResult(0), f32(0));
  return whole == width ? result : reduce(read(index(whole), width - whole), result);
}

Value Emit::rsqrt(Value mean, const APFloat &eps) {
  Value shifted = arith::AddFOp::create(b, loc, mean, f32(eps.convertToDouble()));
  return arith::DivFOp::create(b, loc, f32(1), math::SqrtOp::create(b, loc, shifted));
}

Value Emit::mapRow(Value x, Value t, ValueRange vectors, Value out,
                   function_ref<Value(ValueRange)> body) {
  int64_t width = cast<RankedTensorType>(x.getType()).getDimSize(1);
  SmallVector<OpFoldResult> offsets{t, b.getIndexAttr(0)};
  SmallVector<OpFoldResult> sizes{b.getIndexAttr(1), b.getIndexAttr(width)};
  SmallVector<OpFoldResult> strides(2, b.getIndexAttr(1));
  auto rowOf = [&](Value matrix) -> Value {
    auto type = RankedTensorType::get({width}, getElementTypeOrSelf(matrix.getType()));
    return tensor::ExtractSliceOp::create(b, loc, type, matrix, offsets, sizes, strides);
  };
  SmallVector<Value> inputs{rowOf(x)};
  llvm::append_range(inputs, vectors);
  SmallVector<AffineMap> each(inputs.size(), b.getMultiDimIdentityMap(1));
  Value row = elementwise(inputs, each, rowOf(out),
                          [&](ValueRange in) { return SmallVector<Value>{body(in)}; })[0];
  return tensor::InsertSliceOp::create(b, loc, row, out, offsets, sizes, strides);
}

ValueRange Emit::loop(Value count, ValueRange inits,
                      function_ref<SmallVector<Value>(Value, ValueRange)> body) {
  return scf::ForOp::create(b, loc, index(0), count, index(1), inits,
                            [&](OpBuilder &, Location, Value i, ValueRange carried) {
                              scf::YieldOp::create(b, loc, body(i, carried));
                            })
      .getResults();
}

SmallVector<Value> Emit::elementwise(ValueRange inputs, ArrayRef<AffineMap> maps, ValueRange inits,
                                     function_ref<SmallVector<Value>(ValueRange)> body) {
  unsigned rank = cast<RankedTensorType>(inits[0].getType()).getRank();
  SmallVector<AffineMap> allMaps(maps);
  allMaps.append(inits.size(), b.getMultiDimIdentityMap(rank));
  SmallVector<utils::IteratorType> loops(rank, utils::IteratorType::parallel);
  auto generic = linalg::GenericOp::create(
      b, loc, inits.getTypes(), inputs, inits, allMaps, loops,
      [&](OpBuilder &, Location, ValueRange elements) {
        SmallVector<Value> widened;
        for (Value element : elements.take_front(inputs.size()))
          widened.push_back(isa<FloatType>(element.getType()) ? widen(element) : element);
        SmallVector<Value> results;
        for (auto [value, init] : llvm::zip_equal(body(widened), inits))
          results.push_back(narrow(value, getElementTypeOrSelf(init.getType())));
        linalg::YieldOp::create(b, loc, results);
      });
  return generic.getResults();
}

} // namespace cria
