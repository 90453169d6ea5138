//===- TensorProduct.cpp - Products on the tensor cores -------------------===//
#include "passes/gpu/TensorProduct.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/IR/IRMapping.h"
#include "passes/gpu/Alignment.h"
#include "passes/gpu/Block.h"
#include "passes/loops/LinalgRows.h"

using namespace mlir;

namespace cria {
namespace {

/// Elements of a row that a lane reads at a time, and lanes that share a row.
constexpr int64_t width = 8, quad = TensorProduct::step / width;
/// Sums of a fragment that a lane has: two neighbours in each of two rows.
constexpr int64_t laneSums = 4;

Value index(ImplicitLocOpBuilder &b, int64_t value) {
  return arith::ConstantIndexOp::create(b, value);
}

Value add(ImplicitLocOpBuilder &b, Value x, Value y) { return b.createOrFold<arith::AddIOp>(x, y); }

Value mul(ImplicitLocOpBuilder &b, Value x, int64_t y) {
  return b.createOrFold<arith::MulIOp>(x, index(b, y));
}

/// 8 neighbours of a row.
Value read(ImplicitLocOpBuilder &b, Value buffer, ValueRange place) {
  auto type = VectorType::get({width}, getElementTypeOrSelf(buffer));
  return vector::LoadOp::create(b, type, buffer, place, /*nontemporal=*/false,
                                accessAlignment(buffer, width));
}

/// 8 numbers of bf16 as 4 words.
SmallVector<Value> wordsOf(ImplicitLocOpBuilder &b, Value numbers) {
  Value words = vector::BitCastOp::create(b, VectorType::get({width / 2}, b.getI32Type()), numbers);
  return vector::ToElementsOp::create(b, words).getResults();
}

/// The only other operand of the addition to `sum`, if that is what `value` is.
Value addend(Value value, Value sum) {
  auto addition = value.getDefiningOp<arith::AddFOp>();
  if (!addition)
    return {};
  return addition.getLhs() == sum   ? addition.getRhs()
         : addition.getRhs() == sum ? addition.getLhs()
                                    : Value();
}

bool hasMaps(linalg::GenericOp op) {
  auto map = [&](ArrayRef<unsigned> loops) {
    return AffineMap::getMultiDimMapWithTargets(3, loops, op.getContext());
  };
  SmallVector<AffineMap> expected{map({0, 2}), map({1, 2})}, maps = op.getIndexingMapsArray();
  if (op.getNumDpsInputs() == 3)
    expected.push_back(map({2}));
  expected.push_back(map({0, 1}));
  return maps == expected;
}

} // namespace

std::optional<TensorProduct> TensorProduct::of(linalg::LinalgOp linalgOp) {
  auto op = dyn_cast<linalg::GenericOp>(linalgOp.getOperation());
  if (!op || op.getNumLoops() != 3 || op.getNumReductionLoops() != 1 || !hasMaps(op) ||
      !isElementwise(*op.getBody()))
    return std::nullopt;
  SmallVector<int64_t> sizes = op.getStaticLoopRanges();
  for (Value operand : op->getOperands())
    if (!cast<MemRefType>(operand.getType()).isLastDimUnitStride())
      return std::nullopt;
  mlir::Block &body = *op.getBody();
  Value weight = body.getArgument(1);
  if (sizes[0] == 1 || ShapedType::isDynamic(sizes[1]) || sizes[1] % fragmentColumns ||
      ShapedType::isDynamic(sizes[2]) || sizes[2] % step ||
      !body.getArgument(0).getType().isF32() || !weight.getType().isBF16() || !weight.hasOneUse())
    return std::nullopt;
  Value term = addend(body.getTerminator()->getOperand(0), body.getArguments().back());
  auto product = term ? term.getDefiningOp<arith::MulFOp>() : arith::MulFOp();
  auto widened = dyn_cast<arith::ExtFOp>(*weight.user_begin());
  if (!product || !widened || !widened->hasOneUse() || *widened->user_begin() != product ||
      product.getLhs() == product.getRhs())
    return std::nullopt;
  TensorProduct made;
  made.op = op;
  made.product = product;
  for (int64_t each = mostColumns / fragmentColumns; each > 1 && made.fragments == 1; each /= 2)
    if (sizes[1] % (each * fragmentColumns) == 0)
      made.fragments = each;
  return made;
}

void TensorProduct::lower(RewriterBase &rewriter, bool isExact) {
  exact = isExact;
  Builder b(op.getLoc(), rewriter);
  b.setInsertionPoint(op);
  count = b.createOrFold<memref::DimOp>(buffer(0), 0);
  Value thread = gpu::ThreadIdOp::create(b, gpu::Dimension::x);
  Value warp = b.createOrFold<arith::DivUIOp>(thread, index(b, warpThreads));
  Value lane = b.createOrFold<arith::RemUIOp>(thread, index(b, warpThreads));
  group = b.createOrFold<arith::DivUIOp>(lane, index(b, quad));
  place = b.createOrFold<arith::RemUIOp>(lane, index(b, quad));
  Value rowTiles = b.createOrFold<arith::CeilDivUIOp>(count, index(b, fragmentRows));
  int64_t columnTiles = op.getStaticLoopRanges()[1] / (fragments * fragmentColumns);
  Value tiles = mul(b, rowTiles, columnTiles);
  auto loop = scf::ForOp::create(b, warp, tiles, index(b, blockThreads / warpThreads));
  b.setInsertionPointToStart(loop.getBody());
  Value tile = loop.getInductionVar();
  Value first = mul(b, b.createOrFold<arith::RemUIOp>(tile, rowTiles), fragmentRows);
  Value column =
      mul(b, b.createOrFold<arith::DivUIOp>(tile, rowTiles), fragments * fragmentColumns);
  Value upper = add(b, first, group), rows[] = {upper, add(b, upper, index(b, fragmentRows / 2))};
  Values sums = sumUp(b, rows, column);
  Value pair = add(b, column, mul(b, place, 2));
  for (auto [half, row] : llvm::enumerate(rows)) {
    Value exists = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, row, count);
    auto guarded = scf::IfOp::create(b, exists, /*withElseRegion=*/false);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(guarded.thenBlock());
    for (int64_t i = 0; i < fragments; ++i) {
      auto both = ArrayRef(sums).slice(size_t(i * laneSums) + 2 * half, 2);
      Value made = vector::FromElementsOp::create(b, VectorType::get({2}, b.getF32Type()), both);
      store(b, row, add(b, pair, index(b, i * fragmentColumns)), made);
    }
  }
  b.setInsertionPointAfter(loop);
  gpu::BarrierOp::create(b);
  rewriter.eraseOp(op);
}

TensorProduct::Values TensorProduct::sumUp(Builder &b, ValueRange rows, Value column) {
  // Rows that do not exist are computed from the last one.
  Value last = arith::SubIOp::create(b, count, index(b, 1));
  Values read;
  for (Value row : rows)
    read.push_back(arith::MinUIOp::create(b, row, last));
  Value from = mul(b, place, width);
  Value zero = arith::ConstantOp::create(b, b.getF32FloatAttr(0));
  Values sums(size_t(fragments * laneSums), zero);
  auto steps = scf::ForOp::create(b, index(b, 0), index(b, op.getStaticLoopRanges()[2]),
                                  index(b, step), sums);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(steps.getBody());
  Value k = add(b, steps.getInductionVar(), from);
  scf::YieldOp::create(b, addStep(b, read, column, k, steps.getRegionIterArgs()));
  return Values(steps.getResults());
}

TensorProduct::Values TensorProduct::addStep(Builder &b, ValueRange rows, Value column, Value k,
                                             ValueRange sums) {
  SmallVector<Values> upper = split(b, activations(b, rows[0], k)),
                      lower = split(b, activations(b, rows[1], k));
  Value firstRow = add(b, column, group);
  auto four =
      LLVM::LLVMStructType::getLiteral(b.getContext(), SmallVector<Type>(laneSums, b.getF32Type()));
  auto type = NVVM::MMATypes::bf16;
  Values next;
  for (int64_t i = 0; i < fragments; ++i) {
    Value n = add(b, firstRow, index(b, i * fragmentColumns));
    SmallVector<Value> weights = wordsOf(b, read(b, buffer(1), {n, k}));
    Values part(sums.slice(size_t(i * laneSums), laneSums));
    for (auto [high, low] : llvm::zip_equal(upper, lower))
      for (size_t half : {0, 2}) {
        Value result = NVVM::MmaOp::create(
            b, four, ValueRange{high[half], low[half], high[half + 1], low[half + 1]},
            ValueRange{weights[half], weights[half + 1]}, part, ArrayRef<int64_t>{16, 8, 16},
            std::nullopt, std::nullopt, std::array{type, type},
            std::array{NVVM::MMALayout::row, NVVM::MMALayout::col});
        for (auto [at, sum] : llvm::enumerate(part))
          sum = LLVM::ExtractValueOp::create(b, result, int64_t(at));
      }
    next.append(part);
  }
  return next;
}

Value TensorProduct::activations(Builder &b, Value row, Value k) {
  mlir::Block &body = *op.getBody();
  IRMapping values;
  values.map(body.getArgument(0), read(b, buffer(0), {row, k}));
  if (op.getNumDpsInputs() == 3)
    values.map(body.getArgument(2), read(b, buffer(2), k));
  Value weight = (*body.getArgument(1).user_begin())->getResult(0);
  for (Operation &inner : body.without_terminator()) {
    if (&inner == product)
      break;
    if (inner.getResult(0) == weight)
      continue;
    Values operands;
    for (Value operand : inner.getOperands())
      operands.push_back(values.lookupOrDefault(operand));
    values.map(inner.getResult(0), cloneWide(b, inner, operands, width));
  }
  return values.lookup(product.getLhs() == weight ? product.getRhs() : product.getLhs());
}

SmallVector<TensorProduct::Values> TensorProduct::split(Builder &b, Value x) {
  auto floats = cast<VectorType>(x.getType());
  if (!exact)
    return {wordsOf(b, arith::TruncFOp::create(b, floats.clone(b.getBF16Type()), x))};
  // The upper half of an f32 is a number of bf16, and what is left of 24 bits are two more.
  constexpr int parts = 3;
  auto words = floats.clone(b.getI32Type());
  auto halves = VectorType::get({2 * width}, b.getBF16Type());
  Value mask = arith::ConstantOp::create(b, DenseElementsAttr::get(words, APInt(32, 0xffff0000U)));
  SmallVector<int64_t> upper;
  for (int64_t i = 0; i < width; ++i)
    upper.push_back(2 * i + 1);
  SmallVector<Values> made;
  for (int part = 0; part < parts; ++part) {
    Value both = vector::BitCastOp::create(b, halves, x);
    made.push_back(wordsOf(b, vector::ShuffleOp::create(b, both, both, upper)));
    Value kept = arith::AndIOp::create(b, vector::BitCastOp::create(b, words, x), mask);
    x = arith::SubFOp::create(b, x, vector::BitCastOp::create(b, floats, kept));
  }
  return made;
}

void TensorProduct::store(Builder &b, Value row, Value column, Value sums) {
  Value out = buffer(op.getNumDpsInputs());
  llvm::MaybeAlign alignment = accessAlignment(out, 2);
  Value old = vector::LoadOp::create(b, cast<VectorType>(sums.getType()), out,
                                     ValueRange{row, column}, /*nontemporal=*/false, alignment);
  vector::StoreOp::create(b, arith::AddFOp::create(b, old, sums), out, ValueRange{row, column},
                          /*nontemporal=*/false, alignment);
}

} // namespace cria
