//===- Groups.h - Products of groups of integers ----------------*- C++ -*-===//
#pragma once
#include "passes/cpu/products/Product.h"

namespace cria {

/// Adds the products of a group of each of some rows of rhs with one of lhs to the vector of sums
/// of each, in f32.
void addProducts(ProductBuilder &b, mlir::ArrayRef<mlir::Value *> sums,
                 mlir::ArrayRef<Integers> weights, const GroupAt &x);
/// A group of each of as many rows of rhs as a vector of sums has lanes, for outputs side by side.
struct Outputs {
  llvm::SmallVector<mlir::Value> words;  ///< four bytes of each row, one vector after the other
  llvm::SmallVector<mlir::Value> scales; ///< of each part
  mlir::Value minimum;                   ///< or null for 0
};
/// Those of packed rows, lane after lane. Integers are kept as their distance from `base`.
llvm::SmallVector<Outputs> outputsOf(ProductBuilder &b, const Integers &packed, int64_t base);
/// All lanes of `parts`, one part after the other.
Outputs concatenate(ProductBuilder &b, mlir::ArrayRef<Outputs> parts);

/// sums + products · scale · d + offset · sumOfX, in each lane: those of a group of rows of rhs
/// with one of lhs. `offset` is null for 0.
mlir::Value addGroup(ProductBuilder &b, mlir::Value sums, mlir::Value products, mlir::Value scale,
                     mlir::Value d, mlir::Value offset, mlir::Value sumOfX);

/// Adds those of a block of row `n` of rhs, which begins at `k`, with a row of lhs to all `sums` in
/// turn, with the scales that were read for the block.
void addBlock(ProductBuilder &b, mlir::MutableArrayRef<mlir::Value> sums, const BlockScales &scales,
              mlir::Value n, mlir::ArrayRef<mlir::Value> lhsRow, mlir::Value k);

} // namespace cria
