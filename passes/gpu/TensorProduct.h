//===- TensorProduct.h - Products on the tensor cores -----------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/PatternMatch.h"

namespace cria {

/// A linalg op on buffers that computes y[t, n] += Σ_k f(x[t, k]) · w[n, k] by all warps of a
/// block, with `mma.sync.m16n8k16` (PTX ISA, "Matrix multiply-accumulate"); x is f32 and w bf16. A
/// warp keeps 16 rows of a few fragments of columns in registers. The order in which products of a
/// row are summed is free: a lane reads 8 neighbours at a time, and its part of each fragment is
/// what it has of them.
class TensorProduct {
public:
  static constexpr int64_t fragmentRows = 16, fragmentColumns = 8;
  /// That a warp computes, with 16 sums to a lane.
  static constexpr int64_t mostColumns = 4 * fragmentColumns;
  /// Elements of a row that a step multiplies: 8 for each of 4 lanes.
  static constexpr int64_t step = 32;

  /// None if `op` has another form.
  static std::optional<TensorProduct> of(mlir::linalg::LinalgOp op);

  /// Replaces the op by loops and a barrier. If `exact`, activations are sums of three numbers of
  /// bf16; else they are rounded to one.
  void lower(mlir::RewriterBase &rewriter, bool exact);

private:
  using Values = llvm::SmallVector<mlir::Value>;
  using Builder = mlir::ImplicitLocOpBuilder;

  mlir::Value buffer(unsigned operand) { return op->getOperand(operand); }
  /// The sums of rows `rows` and of columns from `column` on, over all of k.
  Values sumUp(Builder &b, mlir::ValueRange rows, mlir::Value column);
  /// The same with the products of a step.
  Values addStep(Builder &b, mlir::ValueRange rows, mlir::Value column, mlir::Value k,
                 mlir::ValueRange sums);
  /// f(x) of 8 elements.
  mlir::Value activations(Builder &b, mlir::Value row, mlir::Value k);
  /// Their parts: for each, 4 words of two numbers of bf16.
  llvm::SmallVector<Values> split(Builder &b, mlir::Value x);
  /// Adds sums to the elements of y that the lane has, in rows that exist.
  void store(Builder &b, mlir::Value row, mlir::Value column, mlir::Value sums);

  mlir::linalg::GenericOp op;
  mlir::arith::MulFOp product; ///< in the body, of f(x) and w
  bool exact = true;
  int64_t fragments = 1;    ///< of a warp, side by side
  mlir::Value count;        ///< of rows
  mlir::Value group, place; ///< of the lane: which four lanes, and where among them
};

} // namespace cria
