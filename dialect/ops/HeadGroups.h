//===- HeadGroups.h - Query heads that share a kv head ----------*- C++ -*-===//
#pragma once
#include "dialect/ops/TensorBuilder.h"

namespace cria {

/// dim(queries, 1) / dim(cache, 0): query heads that share a kv head, if both are static.
std::optional<int64_t> groupSize(mlir::Value queries, mlir::Value cache);
/// Fails with `constraint` if the query heads cannot be split evenly among the kv heads.
llvm::LogicalResult expectGroups(mlir::Operation *op, llvm::StringRef constraint,
                                 mlir::Value queries, mlir::Value cache);
/// Fails with `constraint` unless `stats` is [dim(of, 0), dim(of, 1), 2]. `name` is the name of
/// `of`.
llvm::LogicalResult expectStats(mlir::Operation *op, llvm::StringRef constraint, mlir::Value stats,
                                llvm::StringRef name, mlir::Value of);

/// A kv head and the query heads that share it.
struct HeadGroup {
  mlir::Value kvHead;
  mlir::OpFoldResult firstHead;
  int64_t size; ///< number of query heads

  /// Rows [N, E] of this kv head: `count` from `first` on of a cache [G, S, E].
  mlir::Value rows(TensorBuilder &b, mlir::Value cache, mlir::OpFoldResult first,
                   mlir::OpFoldResult count) const;
  /// The part of `perHead` [T, H, X] that belongs to this group.
  TensorBuilder::Part part(TensorBuilder &b, mlir::Value perHead) const;
  /// That part, [T, size, X].
  mlir::Value heads(TensorBuilder &b, mlir::Value perHead) const;
};

/// Emits a loop over the kv heads of `cache` that carries `outs`, each [T, H, X]. `body` maps the
/// parts of a group to their new values. Returns the final values of `outs`. Fails if the number of
/// heads is dynamic.
mlir::FailureOr<llvm::SmallVector<mlir::Value>> overGroups(
    TensorBuilder &b, mlir::Operation *op, mlir::Value queries, mlir::Value cache,
    mlir::ValueRange outs,
    llvm::function_ref<llvm::SmallVector<mlir::Value>(const HeadGroup &, mlir::ValueRange)> body);

} // namespace cria
