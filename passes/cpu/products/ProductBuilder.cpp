//===- ProductBuilder.cpp - Loops on the buffers of a product -------------===//
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "passes/cpu/products/Product.h"
#include "storage/Packed.h"

using namespace mlir;

namespace cria {

ProductBuilder::ProductBuilder(OpBuilder &builder, const Product &product, const Plan &plan)
    : ImplicitLocOpBuilder(product.op->getLoc(), builder), product(product), plan(plan) {
  auto dim = [&](Value of, int64_t i) -> Value {
    int64_t size = cast<MemRefType>(of.getType()).getDimSize(i);
    return ShapedType::isDynamic(size) ? memref::DimOp::create(*this, of, i).getResult()
                                       : index(size);
  };
  int64_t rank = cast<MemRefType>(product.out.getType()).getRank();
  rowCount = dim(product.out, 0);
  for (int64_t i = 1; i < rank - 1; ++i)
    rowCount = createOrFold<arith::MulIOp>(rowCount, dim(product.out, i));
  outputCount = dim(product.out, rank - 1);
  depth = dim(product.lhs, rank - 1);
  if (product.ofBlocks())
    rhsBytes = BytesOp::create(*this, product.rhs);
  if (product.rounded())
    lhsBytes = BytesOp::create(*this, product.lhs);
}

Value ProductBuilder::index(int64_t value) { return arith::ConstantIndexOp::create(*this, value); }
Value ProductBuilder::add(Value x, Value y) { return createOrFold<arith::AddIOp>(x, y); }
Value ProductBuilder::sub(Value x, Value y) { return createOrFold<arith::SubIOp>(x, y); }
Value ProductBuilder::mul(Value x, int64_t y) { return createOrFold<arith::MulIOp>(x, index(y)); }
Value ProductBuilder::min(Value x, Value y) { return createOrFold<arith::MinUIOp>(x, y); }
Value ProductBuilder::div(Value x, int64_t y) { return createOrFold<arith::DivUIOp>(x, index(y)); }
Value ProductBuilder::divUp(Value x, int64_t y) { return div(add(x, y - 1), y); }

SmallVector<Value> ProductBuilder::rowIndices(Value row) {
  auto type = cast<MemRefType>(product.out.getType());
  SmallVector<Value> indices;
  for (int64_t i = type.getRank() - 2; i > 0; --i) {
    Value size = type.isDynamicDim(i) ? memref::DimOp::create(*this, product.out, i).getResult()
                                      : index(type.getDimSize(i));
    indices.insert(indices.begin(), createOrFold<arith::RemUIOp>(row, size));
    row = createOrFold<arith::DivUIOp>(row, size);
  }
  indices.insert(indices.begin(), row);
  return indices;
}

Value ProductBuilder::read(Value from, ValueRange at, int64_t size, int64_t present) {
  Type element = getElementTypeOrSelf(from.getType());
  Value padding = arith::ConstantOp::create(*this, getZeroAttr(element));
  int64_t count = present == unknown ? size : present;
  Value found = vector::TransferReadOp::create(*this, vector(count, element), from, at, padding,
                                               ArrayRef<bool>{present != unknown});
  if (count == size)
    return found;
  // As integers, since LLVM may widen scalars of 16-bit floats on the way.
  Type bits = getIntegerType(element.getIntOrFloatBitWidth());
  Value zeros = arith::ConstantOp::create(*this, getZeroAttr(vector(size, bits)));
  found = vector::BitCastOp::create(*this, vector(count, bits), found);
  found = vector::InsertStridedSliceOp::create(*this, found, zeros, ArrayRef<int64_t>{0},
                                               ArrayRef<int64_t>{1});
  return vector::BitCastOp::create(*this, vector(size, element), found);
}

SmallVector<Value> ProductBuilder::readLhs(ArrayRef<Value> row, Value k, int64_t present) {
  if (lhsBytes)
    return wordsOf(
        readGroup(*this, getElementTypeOrSelf(product.lhs.getType()), lhsBytes, row.front(), k));
  SmallVector<Value> at(row);
  at.push_back(k);
  return {plan.unit->words(*this, read(product.lhs, at, plan.step(), present))};
}

SmallVector<Value> ProductBuilder::readRhs(Value row, Value k, int64_t present) {
  if (rhsBytes)
    return wordsOf(readGroup(*this, product.element(), rhsBytes, row, k));
  return {plan.unit->words(*this, read(product.rhs, {row, k}, plan.step(), present))};
}

SmallVector<Value> ProductBuilder::wordsOf(Value group) {
  SmallVector<Value> registers;
  for (int64_t at = 0; at < BlockReader::group; at += plan.step())
    registers.push_back(plan.unit->words(*this, slice(group, at, plan.step())));
  return registers;
}

GroupAt ProductBuilder::rhsGroup(Value row, Value k) {
  return groupAt(*this, product.element(), rhsBytes, row, k);
}

Integers ProductBuilder::rhsIntegers(Value row, Value k) {
  return readerOf(product.element()).read(rhsGroup(row, k));
}

SmallVector<Integers> ProductBuilder::packedBlocks(Value eight, Value k) {
  constexpr int64_t rows = storage::packedRows;
  const BlockReader &reader = readerOf(product.element());
  GroupAt at = rhsGroup(eight, k);
  std::optional<BlockScales> together = reader.readScales(at);
  SmallVector<Integers> groups;
  for (int64_t i = 0; i < storageOf(product.element())->elements / BlockReader::group; ++i) {
    at.group = index(i); // known, unlike that of a place in a row
    groups.push_back(reader.read(at));
    if (!together)
      continue;
    for (auto [part, scale] : llvm::enumerate(groups.back().scales))
      scale = slice(together->scales, (i * reader.parts() + int64_t(part)) * rows, rows);
    if (together->minima)
      groups.back().minimum = slice(together->minima, i * rows, rows);
  }
  return groups;
}

std::optional<BlockScales> ProductBuilder::rhsScales(Value row, Value k) {
  return readerOf(product.element()).readScales(rhsGroup(row, k));
}

GroupAt ProductBuilder::lhsGroup(ArrayRef<Value> row, Value k) {
  Type element = getElementTypeOrSelf(product.lhs.getType());
  return groupAt(*this, element, lhsBytes, row.front(), k);
}

Value ProductBuilder::slice(Value vector, int64_t from, int64_t size) {
  return vector::ExtractStridedSliceOp::create(*this, vector, ArrayRef<int64_t>{from},
                                               ArrayRef<int64_t>{size}, ArrayRef<int64_t>{1});
}

void ProductBuilder::prefetchRhs(Value row, Value k, int64_t elements) {
  if (!plan.prefetch)
    return;
  Value from = rhsBytes ? rhsBytes : product.rhs;
  Value first = rhsBytes ? blockOf(*this, product.element(), k) : k;
  int64_t unit = rhsBytes ? 1 : bytesOf(product.element(), 1); // bytes of what `from` counts
  // Steps through part of a long block ask for their share of it.
  const storage::Storage &storage = *storageOf(product.element());
  int64_t bytes = llvm::divideCeil(elements * storage.bytes, storage.elements) *
                  rowsTogether(product.element());
  for (int64_t at = 0; at < bytes; at += lineBytes)
    memref::PrefetchOp::create(*this, from,
                               ValueRange{row, add(first, (plan.prefetch + at) / unit)},
                               /*isWrite=*/false, /*localityHint=*/3, /*isDataCache=*/true);
}

void ProductBuilder::write(Value what, Value to, ValueRange at, int64_t present) {
  int64_t size = cast<VectorType>(what.getType()).getNumElements();
  if (present != unknown && present != size)
    what = slice(what, 0, present);
  vector::TransferWriteOp::create(*this, what, to, at, ArrayRef<bool>{present != unknown});
}

void ProductBuilder::write(Value what, Value to, ValueRange at) {
  write(what, to, at, cast<VectorType>(what.getType()).getNumElements());
}

int64_t ProductBuilder::lastOf(Value extent, int64_t size) {
  std::optional<int64_t> known = getConstantIntValue(extent);
  return known ? *known % size : unknown;
}

Value ProductBuilder::scratch(ArrayRef<int64_t> shape) {
  return memref::AllocOp::create(*this, MemRefType::get(shape, getF32Type()),
                                 getI64IntegerAttr(64));
}

void ProductBuilder::loop(Value begin, Value end, int64_t step, Each body) {
  sum(begin, end, step, {}, [&](Value i, ValueRange) {
    body(i);
    return SmallVector<Value>();
  });
}

SmallVector<Value> ProductBuilder::sum(Value begin, Value end, int64_t step, ValueRange first,
                                       function_ref<SmallVector<Value>(Value, ValueRange)> body) {
  auto loop = scf::ForOp::create(*this, begin, end, index(step), first);
  OpBuilder::InsertionGuard guard(*this);
  setInsertionPointToStart(loop.getBody());
  SmallVector<Value> next = body(loop.getInductionVar(), loop.getRegionIterArgs());
  if (!next.empty())
    scf::YieldOp::create(*this, next);
  return SmallVector<Value>(loop.getResults());
}

void ProductBuilder::pieces(Value first, Value count, int64_t most,
                            function_ref<void(Value, int64_t)> body) {
  if (std::optional<int64_t> known = getConstantIntValue(count)) {
    if (*known > 0)
      body(first, *known);
    return;
  }
  for (int64_t size = llvm::bit_floor(uint64_t(most)); size; size /= 2) {
    Value bit = arith::AndIOp::create(*this, count, index(size));
    Value exists = arith::CmpIOp::create(*this, arith::CmpIPredicate::ne, bit, index(0));
    auto piece = scf::IfOp::create(*this, exists, /*withElseRegion=*/false);
    OpBuilder::InsertionGuard guard(*this);
    setInsertionPointToStart(piece.thenBlock());
    Value before = mul(div(count, 2 * size), 2 * size);
    body(createOrFold<arith::AddIOp>(first, before), size);
  }
}

void ProductBuilder::blocks(Value extent, int64_t size, function_ref<void(Value, int64_t)> body) {
  Value whole = mul(div(extent, size), size);
  if (getConstantIntValue(whole) != 0)
    loop(index(0), whole, size, [&](Value first) { body(first, size); });
  pieces(whole, sub(extent, whole), size - 1, body);
}

} // namespace cria
