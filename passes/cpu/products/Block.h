//===- Block.h - A block of sums in registers -------------------*- C++ -*-===//
#pragma once
#include "passes/cpu/products/Product.h"

namespace cria {

/// Rows × vectors of sums, which are elements of out: each word of lhs is broadcast and multiplied
/// with vectors of rhs.
struct Block {
  mlir::Value row, column; ///< of out, at which the block starts
  int64_t rows, vectors;   ///< its size
  bool inside = true;      ///< whether all of its columns exist
  mlir::Value steps;       ///< words of the reduction
  llvm::function_ref<mlir::Value(int64_t row, mlir::Value k)> lhs;    ///< a word
  llvm::function_ref<mlir::Value(mlir::Value k, int64_t vector)> rhs; ///< a vector of words

  void lower(ProductBuilder &b) const;
};

/// Calls `body` for blocks of columns: of `vectors` vectors first, then of one, then of a part of
/// one.
void overColumns(ProductBuilder &b, mlir::Value extent, int64_t vectors,
                 llvm::function_ref<void(mlir::Value column, int64_t vectors, bool inside)> body);

} // namespace cria
