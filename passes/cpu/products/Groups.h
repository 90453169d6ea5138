//===- Groups.h - Products of groups of integers ----------------*- C++ -*-===//
#pragma once
#include "passes/cpu/products/Product.h"

namespace cria {

/// Adds the products of a group of each of some rows of rhs with one of lhs to the vector of sums
/// of each, in f32.
void addProducts(ProductBuilder &b, mlir::ArrayRef<mlir::Value *> sums,
                 mlir::ArrayRef<Integers> weights, const GroupAt &x);
/// Adds those of a block of row `n` of rhs, which begins at `k`, with a row of lhs to all `sums` in
/// turn, with the scales that were read for the block.
void addBlock(ProductBuilder &b, mlir::MutableArrayRef<mlir::Value> sums, const BlockScales &scales,
              mlir::Value n, mlir::ArrayRef<mlir::Value> lhsRow, mlir::Value k);

} // namespace cria
