//===- Block.h - A block of sums in registers -------------------*- C++ -*-===//
#pragma once
#include "passes/cpu/products/Product.h"

namespace cria {

/// Rows × vectors of sums, which are elements of out: each word of lhs is broadcast and multiplied
/// with vectors of rhs.
struct Block {
  mlir::Value row, column; ///< of out, at which the block starts
  int64_t rows, vectors;   ///< its size
  int64_t present;         ///< columns of the last vector that exist, or unknown for all
  mlir::Value steps;       ///< words of the reduction
  llvm::function_ref<mlir::Value(int64_t row, mlir::Value k)> lhs;    ///< a word
  llvm::function_ref<mlir::Value(mlir::Value k, int64_t vector)> rhs; ///< a vector of words

  void lower(ProductBuilder &b) const;

private:
  int64_t presentOf(const ProductBuilder &b, int64_t vector) const {
    return vector == vectors - 1 || present == b.unknown ? present : b.plan.lanes;
  }
};

/// Calls `body` for blocks of columns: of `vectors` vectors first, then of one, then of a part of
/// one.
void overColumns(
    ProductBuilder &b, mlir::Value extent, int64_t vectors,
    llvm::function_ref<void(mlir::Value column, int64_t vectors, int64_t present)> body);

} // namespace cria
