//===- Emit.h - Pieces that decompositions are made of ----------*- C++ -*-===//
//
// Decompositions (`decomposeOperation`) lower an op on a tile to scf, vector and linalg on
// tensors. Reductions use vectors whose width depends on the target.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "dialect/Cria.h"
#include "dialect/base/Target.h"

namespace cria {

struct Emit {
  mlir::OpBuilder &b;
  mlir::Location loc;
  TargetInfo target;

  /// Emits the decomposition of `op`. The target is read here, since loop bodies are emitted before
  /// they are part of a module.
  Emit(mlir::OpBuilder &b, mlir::Operation *op)
      : b(b), loc(op->getLoc()), target(TargetInfo::of(op)) {}

  mlir::Value index(int64_t value);
  mlir::Value f32(double value);
  /// dim(value, i), as a constant if it is static.
  mlir::Value dim(mlir::Value value, unsigned i);
  /// Widens an f16, bf16 or f32 scalar or vector to f32, exactly.
  mlir::Value widen(mlir::Value value);
  /// Rounds f32 to `element`.
  mlir::Value narrow(mlir::Value value, mlir::Type element);
  /// `count` elements of row `prefix` of `source`, starting at `column`, as f32.
  mlir::Value readRow(mlir::Value source, mlir::ValueRange prefix, mlir::Value column,
                      int64_t count);
  /// Σ_k lhs[lhsPrefix, k] · rhs[rhsPrefix, k] over the last dimension, whose size is static.
  mlir::Value dot(mlir::Value lhs, mlir::ValueRange lhsPrefix, mlir::Value rhs,
                  mlir::ValueRange rhsPrefix);
  /// Dot products of each left row with each right row, over the last dimension. Each is added to
  /// entry lhs · rhsRows.size() + rhs of `sums`, which is updated.
  llvm::SmallVector<mlir::Value> dots(mlir::Value lhs, mlir::ValueRange lhsRows, mlir::Value rhs,
                                      mlir::ValueRange rhsRows, int64_t lanes,
                                      mlir::ValueRange sums);
  /// Writes row `from` of the matrix `source`, as f32 and multiplied by `gain` if given, to row
  /// `to` of the f32 matrix `into`.
  mlir::Value packRow(mlir::Value source, mlir::Value from, mlir::Value gain, mlir::Value into,
                      mlir::Value to);
  /// Σ_k each(source[prefix, k]) over the last dimension, which must be static. `each` maps vectors
  /// of f32 elements.
  mlir::Value sum(mlir::Value source, mlir::ValueRange prefix,
                  llvm::function_ref<mlir::Value(mlir::Value)> each);
  /// 1 / √(mean + eps)
  mlir::Value rsqrt(mlir::Value mean, const llvm::APFloat &eps);
  /// Writes row `t` of `out`: `body` maps an element of row `t` of the matrix `x` and the elements
  /// of `vectors` in the same column.
  mlir::Value mapRow(mlir::Value x, mlir::Value t, mlir::ValueRange vectors, mlir::Value out,
                     llvm::function_ref<mlir::Value(mlir::ValueRange)> body);
  /// A loop from 0 to `count` that carries `inits`; `body` returns the values of the next
  /// iteration.
  mlir::ValueRange
  loop(mlir::Value count, mlir::ValueRange inits,
       llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value, mlir::ValueRange)> body);
  /// Element-wise on tensors: every index of `inits` gets the result of `body` on the elements of
  /// `inputs`, which are read through `maps`.
  llvm::SmallVector<mlir::Value>
  elementwise(mlir::ValueRange inputs, llvm::ArrayRef<mlir::AffineMap> maps, mlir::ValueRange inits,
              llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::ValueRange)> body);
};

} // namespace cria
