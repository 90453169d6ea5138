//===- TensorBuilder.cpp - Building linalg on tensors ---------------------===//
#include "dialect/ops/TensorBuilder.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"

using namespace mlir;

namespace cria {
namespace {
constexpr auto sumFlags = arith::FastMathFlags::reassoc | arith::FastMathFlags::contract;
}

Value TensorBuilder::index(int64_t value) { return arith::ConstantIndexOp::create(*this, value); }

Value TensorBuilder::f32(double value) {
  return arith::ConstantOp::create(*this, getF32FloatAttr(float(value)));
}

Value TensorBuilder::widen(Value value) {
  if (isBlock(value.getType()))
    return WidenOp::create(*this, value);
  if (!value.getType().isF16() && !value.getType().isBF16())
    return value;
  return arith::ExtFOp::create(*this, getF32Type(), value);
}

Value TensorBuilder::narrow(Value value, Type element) {
  return element.isF16() || element.isBF16() ? arith::TruncFOp::create(*this, element, value)
                                             : value;
}

Value TensorBuilder::add(Value x, Value y) { return arith::AddFOp::create(*this, x, y); }
Value TensorBuilder::mul(Value x, Value y) { return arith::MulFOp::create(*this, x, y); }
Value TensorBuilder::div(Value x, Value y) { return arith::DivFOp::create(*this, x, y); }

Value TensorBuilder::expOfDifference(Value x, Value y) {
  return math::ExpOp::create(*this, arith::SubFOp::create(*this, x, y));
}

Value TensorBuilder::rsqrt(Value mean, const APFloat &eps) {
  return div(f32(1), math::SqrtOp::create(*this, add(mean, f32(eps.convertToDouble()))));
}

Value TensorBuilder::addTerm(Value sum, Value x) {
  return arith::AddFOp::create(*this, sum, x, sumFlags);
}

Value TensorBuilder::addProduct(Value sum, Value x, Value y) {
  return addTerm(sum, arith::MulFOp::create(*this, x, y, sumFlags));
}

OpFoldResult TensorBuilder::apply(AffineExpr expr, ArrayRef<OpFoldResult> operands) {
  return affine::makeComposedFoldedAffineApply(
      *this, getLoc(), AffineMap::get(0, operands.size(), expr, getContext()), operands);
}

OpFoldResult TensorBuilder::size(Value tensor, unsigned dim) {
  return tensor::getMixedSize(*this, getLoc(), tensor, dim);
}

Value TensorBuilder::empty(ArrayRef<OpFoldResult> sizes) {
  return tensor::EmptyOp::create(*this, sizes, getF32Type());
}

Value TensorBuilder::fill(double value, Value into) {
  return linalg::FillOp::create(*this, f32(value), into).getResult(0);
}

Value TensorBuilder::extract(Value source, Part part, std::optional<unsigned> drop) {
  if (part.strides.empty())
    part.strides.assign(part.offsets.size(), getIndexAttr(1));
  auto type = tensor::ExtractSliceOp::inferResultType(cast<RankedTensorType>(source.getType()),
                                                      decomposeMixedValues(part.sizes).first);
  if (drop)
    type = RankedTensorType::Builder(type).dropDim(*drop);
  return tensor::ExtractSliceOp::create(*this, type, source, part.offsets, part.sizes,
                                        part.strides);
}

Value TensorBuilder::insert(Value source, Value into, Part part) {
  if (part.strides.empty())
    part.strides.assign(part.offsets.size(), getIndexAttr(1));
  return tensor::InsertSliceOp::create(*this, source, into, part.offsets, part.sizes, part.strides);
}

SmallVector<Value> TensorBuilder::generic(unsigned loops, ArrayRef<Operand> inputs,
                                          ArrayRef<Operand> outs, Body body) {
  SmallVector<AffineMap> maps;
  SmallVector<Value> read, written;
  SmallVector<Type> types;
  SmallVector<utils::IteratorType> kinds(loops, utils::IteratorType::parallel);
  for (const Operand &operand : llvm::concat<const Operand>(inputs, outs))
    maps.push_back(AffineMap::getMultiDimMapWithTargets(loops, operand.loops, getContext()));
  for (const Operand &input : inputs)
    read.push_back(input.tensor);
  for (const Operand &out : outs) {
    written.push_back(out.tensor);
    types.push_back(out.tensor.getType());
    for (unsigned loop = 0; loop < loops; ++loop)
      if (!llvm::is_contained(out.loops, loop))
        kinds[loop] = utils::IteratorType::reduction;
  }
  auto generic = linalg::GenericOp::create(
      *this, types, read, written, maps, kinds, [&](OpBuilder &, Location, ValueRange elements) {
        SmallVector<Value> in, results;
        for (Value element : elements.take_front(read.size()))
          in.push_back(widen(element));
        for (auto [value, out] : llvm::zip_equal(body(in, elements.drop_front(read.size())), outs))
          results.push_back(narrow(value, getElementTypeOrSelf(out.tensor.getType())));
        linalg::YieldOp::create(*this, results);
      });
  return SmallVector<Value>(generic.getResults());
}

Value TensorBuilder::map(ArrayRef<Operand> inputs, Value out,
                         function_ref<Value(ValueRange, Value)> body) {
  auto rank = unsigned(cast<RankedTensorType>(out.getType()).getRank());
  Operand each{out, llvm::to_vector(llvm::seq(rank))};
  return generic(rank, inputs, each, [&](ValueRange in, ValueRange old) {
    return SmallVector<Value>{body(in, old[0])};
  })[0];
}

Value TensorBuilder::product(unsigned loops, const Operand &lhs, const Operand &rhs,
                             const Operand &out) {
  return generic(loops, {lhs, rhs}, out, [&](ValueRange in, ValueRange sum) {
    return SmallVector<Value>{addProduct(sum[0], in[0], in[1])};
  })[0];
}

SmallVector<Value> TensorBuilder::loop(Value begin, Value end, int64_t step, ValueRange inits,
                                       function_ref<SmallVector<Value>(Value, ValueRange)> body) {
  auto loop = scf::ForOp::create(*this, begin, end, index(step), inits);
  // The body is emitted where it stays: affine ops look at the loops around them.
  OpBuilder::InsertionGuard guard(*this);
  setInsertionPointToStart(loop.getBody());
  scf::YieldOp::create(*this, body(loop.getInductionVar(), loop.getRegionIterArgs()));
  return SmallVector<Value>(loop.getResults());
}

SmallVector<Value>
TensorBuilder::loopOver(Value tensor, unsigned dim, ValueRange inits,
                        function_ref<SmallVector<Value>(Value, ValueRange)> body) {
  Value end = getValueOrCreateConstantIndexOp(*this, getLoc(), size(tensor, dim));
  return loop(index(0), end, 1, inits, body);
}

} // namespace cria
