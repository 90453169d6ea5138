//===- CacheRows.h - Walking the rows of a cache ----------------*- C++ -*-===//
//
// Building blocks of attention and its steps. A row of the cache is read once for all query heads
// of its kv head, and rows are processed one vector at a time.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "dialect/ops/Emit.h"

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

/// One token and the query heads that share a kv head.
struct HeadGroup {
  mlir::Value token, kvHead;
  llvm::SmallVector<mlir::Value> heads; ///< query heads
  mlir::Value visible;                  ///< rows that the token sees, if a position is given
};

/// Emits loops that call `body` for each token and group of `op`, carrying `outs`, and returns the
/// final values. Fails if the number of heads is dynamic. `position` may be null.
mlir::FailureOr<llvm::SmallVector<mlir::Value>> overGroups(
    Emit &emit, mlir::Operation *op, mlir::Value position, mlir::Value queries, mlir::Value cache,
    mlir::ValueRange outs,
    llvm::function_ref<llvm::SmallVector<mlir::Value>(const HeadGroup &, mlir::ValueRange)> body);

/// Emits loops that call `body` for rows `begin` … `end` - 1: one vector of rows at a time, then
/// each remaining row. `body` gets the first row and the number of rows.
llvm::SmallVector<mlir::Value>
overRows(Emit &emit, mlir::Value begin, mlir::Value end, mlir::ValueRange inits,
         llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value, int64_t, mlir::ValueRange)>
             body);

/// Slice `i` of the first dimension of a rank-3 tensor.
mlir::Value plane(Emit &emit, mlir::Value source, mlir::Value i);

/// scale · q · k for `count` rows of keys [S, E], starting at `row`, and each of `heads` of queries
/// [H, E]: one vector per head.
llvm::SmallVector<mlir::Value> scoresOf(Emit &emit, mlir::Value queries,
                                        llvm::ArrayRef<mlir::Value> heads, mlir::Value keys,
                                        mlir::Value row, int64_t count, double scale);

/// sums[h] + Σ_j weights[h][j] · values[row + j, :], where j runs over the lanes of weights[h].
llvm::SmallVector<mlir::Value> addValues(Emit &emit, mlir::ValueRange sums,
                                         llvm::ArrayRef<mlir::Value> weights, mlir::Value values,
                                         mlir::Value row);

/// Writes `row` along the last dimension of the rank-3 tensor `into`, at index `at`.
mlir::Value writeRow(Emit &emit, mlir::Value row, mlir::Value into, mlir::ValueRange at);

} // namespace cria
