//===- Block.h - A block of sums in registers -------------------*- C++ -*-===//
#pragma once
#include "passes/cpu/products/Product.h"

namespace cria {

/// Rows × vectors of sums, which are elements of out.
struct Block {
  using Sums = llvm::SmallVector<mlir::Value>;

  mlir::Value row, column; ///< of out, at which the block starts
  int64_t rows, vectors;   ///< its size
  int64_t lanes;           ///< columns of a vector
  int64_t present;         ///< columns of the last vector that exist, or unknown for all
  mlir::Value steps;       ///< of the reduction
  /// Adds the products of a step to the sums, row by row.
  llvm::function_ref<Sums(mlir::Value step, mlir::ValueRange sums)> add;

  void lower(ProductBuilder &b) const;

  /// Columns of a vector that exist, or unknown.
  int64_t presentOf(const ProductBuilder &b, int64_t vector) const {
    return vector == vectors - 1 || present == b.unknown ? present : lanes;
  }
};

/// sums[i, v] + lhs(i) · rhs(v), where lhs is a word, which is broadcast, and rhs a vector of
/// words.
Block::Sums addWords(ProductBuilder &b, int64_t rows, int64_t vectors, mlir::ValueRange sums,
                     llvm::function_ref<mlir::Value(int64_t row)> lhs,
                     llvm::function_ref<mlir::Value(int64_t vector)> rhs);

/// Calls `body` for blocks of columns: of `vectors` vectors first, then of one, then of a part of
/// one.
void overColumns(
    ProductBuilder &b, mlir::Value extent, int64_t vectors,
    llvm::function_ref<void(mlir::Value column, int64_t vectors, int64_t present)> body);

} // namespace cria
