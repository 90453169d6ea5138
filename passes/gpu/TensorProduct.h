//===- TensorProduct.h - Products on the tensor cores -----------*- C++ -*-===//
#pragma once
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/PatternMatch.h"
#include "passes/gpu/TensorForm.h"

namespace cria {

/// Computes an op of `TensorForm` by all warps of a block, with `mma.sync.m16n8k16` (PTX ISA,
/// "Matrix multiply-accumulate"). A warp keeps 16 rows of a few fragments of columns in registers.
///
/// Which k and which column belong to which place of a fragment is free, as long as both operands,
/// or the operand and the sums, agree. So a lane reads 8 neighbours at a time: of a row of x, of a
/// row of w[n, k], or of each of 8 rows of w[k, n], whose neighbours are for 8 fragments. Of a row
/// of blocks it reads a group.
///
/// A number of f32 is the sum of three of bf16, and one of f16 of two. Products of parts that are
/// less than what rounding leaves are left out.
class TensorProduct {
public:
  /// That a warp computes of w[n, k], with 16 sums to a lane.
  static constexpr int64_t mostColumns = 4 * TensorForm::fragmentColumns;

  /// If not `exact`, f(x) is rounded to bf16, which w is.
  TensorProduct(const TensorForm &form, bool exact) : form(form), exact(exact) {}

  /// Replaces the op by loops and a barrier.
  void lower(mlir::RewriterBase &rewriter);

private:
  using Values = llvm::SmallVector<mlir::Value>;
  using Builder = mlir::ImplicitLocOpBuilder;

  void chooseFragments();
  mlir::Value sizeOf(Builder &b, unsigned loop);
  /// The indices of the loops of row `row`.
  Values rowAt(Builder &b, mlir::Value row);
  /// The sums of rows `rows` and of columns from `column` on, over all of k.
  Values sumUp(Builder &b, mlir::ValueRange rows, mlir::Value column);
  /// The same with the products of a step.
  Values addStep(Builder &b, mlir::ValueRange rows, mlir::Value column, mlir::Value k,
                 mlir::ValueRange sums);
  /// f(x) of 8 elements.
  mlir::Value activations(Builder &b, mlir::Value row, mlir::Value k);
  /// What the lane has of w in a step: a vector for each fragment.
  Values weights(Builder &b, mlir::Value column, mlir::Value k);
  /// Row `n` of w[n, k] from k on, and columns of 8 rows of w[k, n].
  mlir::Value weightsOfRow(Builder &b, mlir::Value n, mlir::Value k);
  Values weightsOfColumns(Builder &b, mlir::Value column, mlir::Value k);
  /// Numbers of bf16 of which 8 elements are sums: for each, 4 words of two.
  llvm::SmallVector<Values> parts(Builder &b, mlir::Value elements);
  /// sums + the product of two such parts of 16 rows and of a fragment.
  Values multiply(Builder &b, mlir::ValueRange upper, mlir::ValueRange lower,
                  mlir::ValueRange weight, Values sums);
  void store(Builder &b, mlir::ValueRange rows, mlir::Value column, mlir::ValueRange sums);
  /// Adds neighbours to elements of y.
  void addTo(Builder &b, mlir::ValueRange row, mlir::Value column, mlir::ValueRange sums);

  TensorForm form;
  bool exact;
  int64_t fragments = 1;    ///< of a warp, side by side
  mlir::Value count;        ///< of rows
  mlir::Value group, place; ///< of the lane: which four lanes, and where among them
};

} // namespace cria
