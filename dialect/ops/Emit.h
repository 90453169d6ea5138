//===- Emit.h - Pieces that decompositions are made of ----------*- C++ -*-===//
//
// Decompositions (`decomposeOperation`) turn an op on a tile into scf, vector and
// linalg on tensors. Reductions run in vectors whose width follows the target.
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

  /// Emits what `op` is made of. The target is asked here: bodies of loops are emitted
  /// before they are in a module.
  Emit(mlir::OpBuilder &b, mlir::Operation *op)
      : b(b), loc(op->getLoc()), target(TargetInfo::of(op)) {}

  mlir::Value index(int64_t value);
  mlir::Value f32(double value);
  /// dim(value, i): a constant where it is static.
  mlir::Value dim(mlir::Value value, unsigned i);
  /// An f16, bf16 or f32 scalar or vector as f32, exactly.
  mlir::Value widen(mlir::Value value);
  /// f32 rounded to `element`.
  mlir::Value narrow(mlir::Value value, mlir::Type element);
  /// `count` elements of row `prefix` of `source` from `column` on, as f32.
  mlir::Value readRow(mlir::Value source, mlir::ValueRange prefix, mlir::Value column,
                      int64_t count);
  /// Σ_k lhs[lhsPrefix, k] · rhs[rhsPrefix, k] over the last dimension, whose size is static.
  mlir::Value dot(mlir::Value lhs, mlir::ValueRange lhsPrefix, mlir::Value rhs,
                  mlir::ValueRange rhsPrefix);
  /// The dots of some rows with some rows, over the last dimension. Each is added to the
  /// entry of `sums` at lhs · rhsRows.size() + rhs, in which they are returned.
  llvm::SmallVector<mlir::Value> dots(mlir::Value lhs, mlir::ValueRange lhsRows, mlir::Value rhs,
                                      mlir::ValueRange rhsRows, int64_t lanes,
                                      mlir::ValueRange sums);
  /// Row `from` of the matrix `source`, as f32 and times `gain` if there is one, written to
  /// row `to` of the f32 matrix `into`.
  mlir::Value packRow(mlir::Value source, mlir::Value from, mlir::Value gain, mlir::Value into,
                      mlir::Value to);
  /// Σ_k each(source[prefix, k]) over the last dimension, whose size is static. `each` maps
  /// vectors of f32 elements.
  mlir::Value sum(mlir::Value source, mlir::ValueRange prefix,
                  llvm::function_ref<mlir::Value(mlir::Value)> each);
  /// 1 / √(mean + eps)
  mlir::Value rsqrt(mlir::Value mean, const llvm::APFloat &eps);
  /// `out` with its row `t` written by `body`, which maps an element of row `t` of the matrix
  /// `x` and those of `vectors` in the same column.
  mlir::Value mapRow(mlir::Value x, mlir::Value t, mlir::ValueRange vectors, mlir::Value out,
                     llvm::function_ref<mlir::Value(mlir::ValueRange)> body);
  /// A loop from 0 to `count` that carries `inits`; `body` returns what the next trip gets.
  mlir::ValueRange
  loop(mlir::Value count, mlir::ValueRange inits,
       llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value, mlir::ValueRange)> body);
  /// Element-wise on tensors: `inits` written at every index from what `body` computes
  /// from the elements of `inputs`, which are read through `maps`.
  llvm::SmallVector<mlir::Value>
  elementwise(mlir::ValueRange inputs, llvm::ArrayRef<mlir::AffineMap> maps, mlir::ValueRange inits,
              llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::ValueRange)> body);
};

} // namespace cria
