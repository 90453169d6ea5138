//===- TensorProduct.cpp - Products on the tensor cores -------------------===//
#include "passes/gpu/TensorProduct.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/IR/IRMapping.h"
#include "passes/blocks/formats/BlockReader.h"
#include "passes/gpu/Alignment.h"
#include "passes/gpu/Block.h"
#include "passes/loops/LinalgRows.h"

using namespace mlir;

namespace cria {
namespace {

constexpr int64_t width = TensorForm::width, quad = TensorForm::quad;
constexpr int64_t fragmentRows = TensorForm::fragmentRows,
                  fragmentColumns = TensorForm::fragmentColumns;
/// Sums of a fragment that a lane has: two neighbours in each of two rows.
constexpr int64_t laneSums = 4;

Value index(ImplicitLocOpBuilder &b, int64_t value) {
  return arith::ConstantIndexOp::create(b, value);
}

Value add(ImplicitLocOpBuilder &b, Value x, Value y) { return b.createOrFold<arith::AddIOp>(x, y); }

Value mul(ImplicitLocOpBuilder &b, Value x, int64_t y) {
  return b.createOrFold<arith::MulIOp>(x, index(b, y));
}

Value isBelow(ImplicitLocOpBuilder &b, Value x, Value y) {
  return arith::CmpIOp::create(b, arith::CmpIPredicate::ult, x, y);
}

/// `value`, or what comes last before `size`.
Value clamp(ImplicitLocOpBuilder &b, Value value, Value size) {
  return arith::MinUIOp::create(b, value, arith::SubIOp::create(b, size, index(b, 1)));
}

/// 8 neighbours of a row.
Value read(ImplicitLocOpBuilder &b, Value buffer, ValueRange place) {
  auto type = VectorType::get({width}, getElementTypeOrSelf(buffer));
  return vector::LoadOp::create(b, type, buffer, place, /*nontemporal=*/false,
                                accessAlignment(buffer, width));
}

/// Numbers of bf16 as half as many words.
SmallVector<Value> wordsOf(ImplicitLocOpBuilder &b, Value numbers) {
  int64_t count = cast<VectorType>(numbers.getType()).getNumElements() / 2;
  Value words = vector::BitCastOp::create(b, VectorType::get({count}, b.getI32Type()), numbers);
  return vector::ToElementsOp::create(b, words).getResults();
}

} // namespace

Value TensorProduct::sizeOf(Builder &b, unsigned loop) {
  // x and y end with k and n, and begin with the loops of rows.
  bool isK = loop == form.k();
  return b.createOrFold<memref::DimOp>(isK ? form.x() : form.y(), isK ? form.n() : loop);
}

void TensorProduct::chooseFragments() {
  fragments = mostColumns / fragmentColumns;
  if (isBlock(form.element())) // a group of each is in registers
    fragments /= 2;
  if (form.rowsOfColumns)
    fragments = width;
  else if (!form.isDynamic(form.n()))
    while (form.op.getStaticLoopRanges()[form.n()] % (fragments * fragmentColumns))
      fragments /= 2;
}

TensorProduct::Values TensorProduct::rowAt(Builder &b, Value row) {
  if (form.n() == 1)
    return {row};
  Value heads = index(b, form.op.getStaticLoopRanges()[1]);
  return {b.createOrFold<arith::DivUIOp>(row, heads), b.createOrFold<arith::RemUIOp>(row, heads)};
}

void TensorProduct::lower(RewriterBase &rewriter) {
  Builder b(form.op.getLoc(), rewriter);
  b.setInsertionPoint(form.op);
  chooseFragments();
  count = sizeOf(b, 0);
  if (form.n() == 2)
    count = mul(b, count, form.op.getStaticLoopRanges()[1]);
  Value thread = gpu::ThreadIdOp::create(b, gpu::Dimension::x);
  Value warp = b.createOrFold<arith::DivUIOp>(thread, index(b, warpThreads));
  Value lane = b.createOrFold<arith::RemUIOp>(thread, index(b, warpThreads));
  group = b.createOrFold<arith::DivUIOp>(lane, index(b, quad));
  place = b.createOrFold<arith::RemUIOp>(lane, index(b, quad));
  Value rowTiles = b.createOrFold<arith::CeilDivUIOp>(count, index(b, fragmentRows));
  Value columnTiles = b.createOrFold<arith::CeilDivUIOp>(sizeOf(b, form.n()),
                                                         index(b, fragments * fragmentColumns));
  Value tiles = b.createOrFold<arith::MulIOp>(rowTiles, columnTiles);
  auto loop = scf::ForOp::create(b, warp, tiles, index(b, blockThreads / warpThreads));
  b.setInsertionPointToStart(loop.getBody());
  Value tile = loop.getInductionVar();
  Value first = mul(b, b.createOrFold<arith::RemUIOp>(tile, rowTiles), fragmentRows);
  Value column =
      mul(b, b.createOrFold<arith::DivUIOp>(tile, rowTiles), fragments * fragmentColumns);
  Value upper = add(b, first, group), rows[] = {upper, add(b, upper, index(b, fragmentRows / 2))};
  store(b, rows, column, sumUp(b, rows, column));
  b.setInsertionPointAfter(loop);
  gpu::BarrierOp::create(b);
  rewriter.eraseOp(form.op);
}

TensorProduct::Values TensorProduct::sumUp(Builder &b, ValueRange rows, Value column) {
  // Rows that do not exist are computed from the last one.
  Values read;
  for (Value row : rows)
    read.push_back(clamp(b, row, count));
  Value from = mul(b, place, form.step() / quad);
  Value zero = arith::ConstantOp::create(b, b.getF32FloatAttr(0));
  Values sums(size_t(fragments * laneSums), zero);
  auto steps = scf::ForOp::create(b, index(b, 0), sizeOf(b, form.k()), index(b, form.step()), sums);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(steps.getBody());
  Value k = add(b, steps.getInductionVar(), from);
  scf::YieldOp::create(b, addStep(b, read, column, k, steps.getRegionIterArgs()));
  return Values(steps.getResults());
}

TensorProduct::Values TensorProduct::addStep(Builder &b, ValueRange rows, Value column, Value k,
                                             ValueRange sums) {
  constexpr size_t most = 3; // parts of which the first two add up to more than rounding leaves
  Values next(sums), read = weights(b, column, k);
  for (int64_t at = 0; at < form.step() / quad; at += width) {
    Value from = add(b, k, index(b, at));
    SmallVector<Values> upper = parts(b, activations(b, rows[0], from)),
                        lower = parts(b, activations(b, rows[1], from));
    for (auto [fragment, elements] : llvm::enumerate(read)) {
      MutableArrayRef<Value> own(&next[fragment * laneSums], laneSums);
      Value some = elements;
      if (cast<VectorType>(some.getType()).getNumElements() != width)
        some = vector::ExtractStridedSliceOp::create(b, some, at, width, 1);
      for (auto [i, weight] : llvm::enumerate(parts(b, some)))
        for (size_t j = 0; j < upper.size() && i + j < most; ++j)
          llvm::copy(multiply(b, upper[j], lower[j], weight, Values(own)), own.begin());
    }
  }
  return next;
}

TensorProduct::Values TensorProduct::multiply(Builder &b, ValueRange upper, ValueRange lower,
                                              ValueRange weight, Values sums) {
  auto four =
      LLVM::LLVMStructType::getLiteral(b.getContext(), SmallVector<Type>(laneSums, b.getF32Type()));
  auto type = NVVM::MMATypes::bf16;
  for (size_t half : {0, 2}) {
    Value result = NVVM::MmaOp::create(
        b, four, ValueRange{upper[half], lower[half], upper[half + 1], lower[half + 1]},
        ValueRange{weight[half], weight[half + 1]}, sums, ArrayRef<int64_t>{16, 8, 16},
        std::nullopt, std::nullopt, std::array{type, type},
        std::array{NVVM::MMALayout::row, NVVM::MMALayout::col});
    for (auto [at, sum] : llvm::enumerate(sums))
      sum = LLVM::ExtractValueOp::create(b, result, int64_t(at));
  }
  return sums;
}

TensorProduct::Values TensorProduct::weights(Builder &b, Value column, Value k) {
  if (form.rowsOfColumns)
    return weightsOfColumns(b, column, k);
  Values made;
  Value first = add(b, column, group);
  for (int64_t i = 0; i < fragments; ++i)
    made.push_back(weightsOfRow(b, add(b, first, index(b, i * fragmentColumns)), k));
  return made;
}

Value TensorProduct::weightsOfRow(Builder &b, Value n, Value k) {
  if (form.isDynamic(form.n()))
    n = clamp(b, n, sizeOf(b, form.n()));
  if (isBlock(form.element()))
    return readGroup(b, form.element(), bytesUnder(form.w()), n, k);
  return read(b, form.w(), {n, k});
}

TensorProduct::Values TensorProduct::weightsOfColumns(Builder &b, Value column, Value k) {
  Value n = add(b, column, mul(b, group, width));
  Values rows;
  for (int64_t i = 0; i < width; ++i) {
    Value at = add(b, k, index(b, i));
    if (form.isDynamic(form.k()))
      at = clamp(b, at, sizeOf(b, form.k()));
    rows.push_back(read(b, form.w(), {at, n}));
  }
  SmallVector<Values> columns(width);
  for (Value row : rows)
    for (auto [own, element] :
         llvm::zip_equal(columns, vector::ToElementsOp::create(b, row).getResults()))
      own.push_back(element);
  Values made;
  for (Values &own : columns)
    made.push_back(vector::FromElementsOp::create(b, cast<VectorType>(rows[0].getType()), own));
  return made;
}

Value TensorProduct::activations(Builder &b, Value row, Value k) {
  mlir::Block &body = *form.op.getBody();
  IRMapping values;
  Values at = rowAt(b, row);
  at.push_back(k);
  Value x = read(b, form.x(), at);
  if (form.isDynamic(form.k())) { // zeros where the row has ended
    auto type = VectorType::get({width}, b.getIndexType());
    Value each = arith::AddIOp::create(b, vector::BroadcastOp::create(b, type, k),
                                       vector::StepOp::create(b, type));
    Value inside = isBelow(b, each, vector::BroadcastOp::create(b, type, sizeOf(b, form.k())));
    Value zeros = arith::ConstantOp::create(b, b.getZeroAttr(x.getType()));
    x = arith::SelectOp::create(b, inside, x, zeros);
  }
  values.map(body.getArgument(0), x);
  if (Value gain = form.gain())
    values.map(body.getArgument(2), read(b, gain, k));
  for (Operation &inner : body.without_terminator()) {
    if (&inner == form.product)
      break;
    if (inner.getResult(0) == form.weight)
      continue;
    Values operands;
    for (Value operand : inner.getOperands())
      operands.push_back(values.lookupOrDefault(operand));
    values.map(inner.getResult(0), cloneWide(b, inner, operands, width));
  }
  arith::MulFOp product = form.product;
  return values.lookup(product.getLhs() == form.weight ? product.getRhs() : product.getLhs());
}

SmallVector<TensorProduct::Values> TensorProduct::parts(Builder &b, Value elements) {
  auto type = cast<VectorType>(elements.getType());
  if (type.getElementType().isBF16())
    return {wordsOf(b, elements)};
  if (!exact)
    return {wordsOf(b, arith::TruncFOp::create(b, type.clone(b.getBF16Type()), elements))};
  // The upper half of an f32 is a number of bf16, and what is left of 24 bits are two more. An f16
  // has 11 bits.
  int count = type.getElementType().isF16() ? 2 : 3;
  type = type.clone(b.getF32Type());
  Value x = count == 2 ? arith::ExtFOp::create(b, type, elements) : elements;
  auto words = type.clone(b.getI32Type());
  auto halves = VectorType::get({2 * width}, b.getBF16Type());
  Value mask = arith::ConstantOp::create(b, DenseElementsAttr::get(words, APInt(32, 0xffff0000U)));
  SmallVector<int64_t> upper;
  for (int64_t i = 0; i < width; ++i)
    upper.push_back(2 * i + 1);
  SmallVector<Values> made;
  for (int part = 0; part < count; ++part) {
    Value both = vector::BitCastOp::create(b, halves, x);
    made.push_back(wordsOf(b, vector::ShuffleOp::create(b, both, both, upper)));
    Value kept = arith::AndIOp::create(b, vector::BitCastOp::create(b, words, x), mask);
    x = arith::SubFOp::create(b, x, vector::BitCastOp::create(b, type, kept));
  }
  return made;
}

void TensorProduct::store(Builder &b, ValueRange rows, Value column, ValueRange sums) {
  auto ifBelow = [&](Value x, Value size, auto body) {
    auto guarded = scf::IfOp::create(b, isBelow(b, x, size), /*withElseRegion=*/false);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(guarded.thenBlock());
    body();
  };
  Value pair = mul(b, place, 2);
  for (auto [half, row] : llvm::enumerate(rows)) {
    auto sumOf = [&](int64_t fragment, int64_t neighbour) {
      return sums[size_t(fragment * laneSums + 2 * int64_t(half) + neighbour)];
    };
    ifBelow(row, count, [&] {
      Values at = rowAt(b, row);
      if (form.rowsOfColumns) {
        for (int64_t neighbour : {0, 1}) {
          Values all;
          for (int64_t i = 0; i < fragments; ++i)
            all.push_back(sumOf(i, neighbour));
          Value first = mul(b, add(b, pair, index(b, neighbour)), width);
          addTo(b, at, add(b, column, first), all);
        }
        return;
      }
      for (int64_t i = 0; i < fragments; ++i) {
        Value first = add(b, add(b, column, pair), index(b, i * fragmentColumns));
        if (!form.isDynamic(form.n())) {
          addTo(b, at, first, {sumOf(i, 0), sumOf(i, 1)});
          continue;
        }
        for (int64_t neighbour : {0, 1}) {
          Value n = add(b, first, index(b, neighbour));
          ifBelow(n, sizeOf(b, form.n()), [&] { addTo(b, at, n, sumOf(i, neighbour)); });
        }
      }
    });
  }
}

void TensorProduct::addTo(Builder &b, ValueRange row, Value column, ValueRange sums) {
  auto type = VectorType::get({int64_t(sums.size())}, b.getF32Type());
  Values at(row);
  at.push_back(column);
  llvm::MaybeAlign alignment = accessAlignment(form.y(), type.getNumElements());
  Value old = vector::LoadOp::create(b, type, form.y(), at, /*nontemporal=*/false, alignment);
  Value made = vector::FromElementsOp::create(b, type, sums);
  vector::StoreOp::create(b, arith::AddFOp::create(b, old, made), form.y(), at,
                          /*nontemporal=*/false, alignment);
}

} // namespace cria
