//===- Groups.cpp - Products of groups of integers ------------------------===//
#include "passes/cpu/products/Groups.h"
#include "passes/cpu/blocks/Q8.h"

using namespace mlir;

namespace cria {

/// scale · d for each lane of `lanes`, of which equal parts may have scales of their own.
static Value factors(ProductBuilder &b, ArrayRef<Value> scales, Value d, int64_t lanes) {
  int64_t part = lanes / int64_t(scales.size());
  SmallVector<Value> parts;
  for (Value scale : scales)
    parts.push_back(vector::BroadcastOp::create(b, b.vector(part),
                                                arith::MulFOp::create(b, scale, d).getResult()));
  if (parts.size() == 1)
    return parts[0];
  return vector::ShuffleOp::create(b, parts[0], parts[1], llvm::to_vector(llvm::seq(lanes)));
}

Value addProducts(ProductBuilder &b, Value sums, const Integers &weights, const GroupAt &x) {
  int64_t lanes = b.plan.integers->lanes(b.plan.lanes), step = lanes * b.plan.integers->depth();
  Integers activations = q8Reader.read(x);
  Value d = activations.scales[0];
  SmallVector<Value> lhs, rhs;
  for (int64_t at = 0; at < BlockReader::group; at += step) {
    lhs.push_back(b.slice(activations.quants, at, step));
    rhs.push_back(b.slice(weights.quants, at, step));
  }
  // Vectors that share a scale are summed as integers.
  auto scales = int64_t(weights.scales.size()), vectors = int64_t(rhs.size());
  int64_t together = std::max<int64_t>(1, vectors / scales),
          each = std::max(scales / vectors, int64_t(1));
  for (int64_t i = 0; i < vectors; i += together) {
    auto part = [&](ArrayRef<Value> all) { return all.slice(size_t(i), size_t(together)); };
    Value sum =
        b.plan.integers->sum(b, part(rhs), part(lhs), readerOf(b.product.element()).range());
    Value factor = factors(
        b, ArrayRef(weights.scales).slice(size_t(i * scales / vectors), size_t(each)), d, lanes);
    sum = arith::SIToFPOp::create(b, b.vector(lanes), sum);
    sums = fmaUnit.multiply(b, sums, sum, factor);
  }
  if (!weights.minimum)
    return sums;
  Value zeros = arith::ConstantOp::create(b, b.getZeroAttr(b.vector(lanes)));
  Value ofX = vector::InsertOp::create(b, sumOfQ8(x), zeros, int64_t(0));
  Value minima = vector::BroadcastOp::create(b, b.vector(lanes),
                                             arith::NegFOp::create(b, weights.minimum).getResult());
  return fmaUnit.multiply(b, sums, minima, ofX);
}

} // namespace cria
