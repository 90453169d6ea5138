//===- Groups.cpp - Products of groups of integers ------------------------===//
#include "passes/cpu/products/Groups.h"
#include "passes/blocks/formats/Q8.h"
#include "storage/Packed.h"

using namespace mlir;

namespace cria {

/// The factor of each lane of `lanes`, of which equal parts may have factors of their own.
static Value spread(ProductBuilder &b, ArrayRef<Value> factors, int64_t lanes) {
  int64_t part = lanes / int64_t(factors.size());
  SmallVector<Value> parts;
  for (Value factor : factors)
    parts.push_back(vector::BroadcastOp::create(b, b.vector(part), factor));
  return concatenate(b, parts);
}

/// Adds the products of integers of a group, each part of which has a factor.
static Value addIntegers(ProductBuilder &b, Value sums, Value weights, Value activations,
                         ArrayRef<Value> factors) {
  int64_t lanes = b.plan.integers->lanes(b.plan.lanes), step = lanes * b.plan.integers->depth();
  SmallVector<Value> lhs, rhs;
  for (int64_t at = 0; at < BlockReader::group; at += step) {
    lhs.push_back(b.slice(activations, at, step));
    rhs.push_back(b.slice(weights, at, step));
  }
  // Vectors that share a factor are summed as integers.
  auto scales = int64_t(factors.size()), vectors = int64_t(rhs.size());
  int64_t together = std::max<int64_t>(1, vectors / scales),
          each = std::max(scales / vectors, int64_t(1));
  for (int64_t i = 0; i < vectors; i += together) {
    auto part = [&](ArrayRef<Value> all) { return all.slice(size_t(i), size_t(together)); };
    Value none = arith::ConstantOp::create(b, b.getZeroAttr(b.vector(lanes, b.getI32Type())));
    Value sum =
        b.plan.integers->add(b, none, part(rhs), part(lhs), readerOf(b.product.element()).range());
    Value factor = spread(b, factors.slice(size_t(i * scales / vectors), size_t(each)), lanes);
    sum = arith::SIToFPOp::create(b, b.vector(lanes), sum);
    sums = fmaUnit.multiply(b, sums, sum, factor);
  }
  return sums;
}

/// f32 as a vector. Where all were widened from f16, they are widened together: one at a time, x86
/// would also wait for whatever was last in the register that it inserts each into.
static Value together(ProductBuilder &b, ArrayRef<Value> scales) {
  auto size = int64_t(scales.size());
  SmallVector<Value> halves; // as integers, which LLVM inserts into one register
  for (Value scale : scales)
    if (auto widened = scale.getDefiningOp<arith::ExtFOp>();
        widened && widened.getIn().getType().isF16())
      halves.push_back(arith::BitcastOp::create(b, b.getI16Type(), widened.getIn()));
  if (halves.size() < scales.size())
    return vector::FromElementsOp::create(b, b.vector(size), scales);
  Value bits = vector::FromElementsOp::create(b, b.vector(size, b.getI16Type()), halves);
  Value narrow = vector::BitCastOp::create(b, b.vector(size, b.getF16Type()), bits);
  return arith::ExtFOp::create(b, b.vector(size), narrow);
}

void addProducts(ProductBuilder &b, ArrayRef<Value *> sums, ArrayRef<Integers> weights,
                 const GroupAt &x) {
  int64_t lanes = b.plan.integers->lanes(b.plan.lanes);
  Integers activations = q8Reader.read(x);
  SmallVector<Value> scales;
  for (const Integers &row : weights)
    llvm::append_range(scales, row.scales);
  Value d = vector::BroadcastOp::create(b, b.vector(int64_t(scales.size())), activations.scales[0]);
  Value factors = arith::MulFOp::create(b, together(b, scales), d);
  auto zeros = arith::ConstantOp::create(b, b.getZeroAttr(b.vector(lanes)));
  int64_t next = 0;
  for (auto [sum, row] : llvm::zip_equal(sums, weights)) {
    SmallVector<Value> own;
    for (size_t part = 0; part < row.scales.size(); ++part)
      own.push_back(vector::ExtractOp::create(b, factors, next++));
    *sum = addIntegers(b, *sum, row.quants, activations.quants, own);
    if (!row.minimum)
      continue;
    Value ofX = vector::InsertOp::create(b, sumOfQ8(x), zeros, int64_t(0));
    Value minima = vector::BroadcastOp::create(b, b.vector(lanes),
                                               arith::NegFOp::create(b, row.minimum).getResult());
    *sum = fmaUnit.multiply(b, *sum, minima, ofX);
  }
}

SmallVector<Outputs> outputsOf(ProductBuilder &b, const Integers &packed, int64_t base) {
  constexpr int64_t rows = storage::packedRows, wordBytes = 4;
  int64_t lanes = b.plan.integers->lanes(b.plan.lanes);
  Value quants = packed.quants;
  if (base)
    quants = arith::SubIOp::create(b, quants, constantLike(b, quants, base));
  SmallVector<Outputs> all(size_t(rows / lanes));
  for (auto [number, outputs] : llvm::enumerate(all)) {
    int64_t first = int64_t(number) * lanes;
    for (int64_t word = 0; word < BlockReader::group / wordBytes; ++word)
      outputs.words.push_back(
          b.slice(quants, (word * rows + first) * wordBytes, lanes * wordBytes));
    for (Value scale : packed.scales)
      outputs.scales.push_back(b.slice(scale, first, lanes));
    if (packed.minimum)
      outputs.minimum = b.slice(packed.minimum, first, lanes);
  }
  return all;
}

Outputs concatenate(ProductBuilder &b, ArrayRef<Outputs> parts) {
  auto all = [&](auto &&of) {
    return concatenate(b,
                       llvm::map_to_vector(parts, [&](const Outputs &part) { return of(part); }));
  };
  Outputs found = parts[0];
  for (size_t i = 0; i < found.words.size(); ++i)
    found.words[i] = all([&](const Outputs &part) { return part.words[i]; });
  for (size_t i = 0; i < found.scales.size(); ++i)
    found.scales[i] = all([&](const Outputs &part) { return part.scales[i]; });
  if (found.minimum)
    found.minimum = all([&](const Outputs &part) { return part.minimum; });
  return found;
}

Value addGroup(ProductBuilder &b, Value sums, Value products, Value scale, Value d, Value offset,
               Value sumOfX) {
  auto type = cast<VectorType>(sums.getType());
  auto spread = [&](Value number) { return vector::BroadcastOp::create(b, type, number); };
  Value floats = arith::SIToFPOp::create(b, type, products);
  sums = fmaUnit.multiply(b, sums, arith::MulFOp::create(b, floats, scale), spread(d));
  return offset ? fmaUnit.multiply(b, sums, offset, spread(sumOfX)) : sums;
}

void addBlock(ProductBuilder &b, MutableArrayRef<Value> sums, const BlockScales &scales, Value n,
              ArrayRef<Value> lhsRow, Value k) {
  int64_t lanes = b.plan.integers->lanes(b.plan.lanes),
          groups = storageOf(b.product.element())->elements / BlockReader::group;
  auto type = cast<VectorType>(scales.scales.getType());
  int64_t parts = type.getNumElements() / groups;
  SmallVector<GroupAt> x;
  SmallVector<Value> d, ofX;
  for (int64_t group = 0; group < groups; ++group) {
    x.push_back(b.lhsGroup(lhsRow, b.add(k, group * BlockReader::group)));
    d.append(size_t(parts), q8Reader.read(x.back()).scales[0]);
    ofX.push_back(sumOfQ8(x.back()));
  }
  Value factors =
      arith::MulFOp::create(b, scales.scales, vector::FromElementsOp::create(b, type, d));
  for (int64_t group = 0; group < groups; ++group) {
    SmallVector<Value> own;
    for (int64_t part = 0; part < parts; ++part)
      own.push_back(vector::ExtractOp::create(b, factors, group * parts + part));
    Value weights = b.rhsIntegers(n, b.add(k, group * BlockReader::group)).quants;
    Value &sum = sums[size_t(group) % sums.size()];
    sum = addIntegers(b, sum, weights, q8Reader.read(x[size_t(group)]).quants, own);
  }
  if (!scales.minima)
    return;
  Value minima = arith::NegFOp::create(b, scales.minima),
        all = vector::FromElementsOp::create(b, b.vector(groups), ofX);
  for (int64_t at = 0; at < groups; at += lanes)
    sums[0] = fmaUnit.multiply(b, sums[0], b.slice(minima, at, lanes), b.slice(all, at, lanes));
}

} // namespace cria
