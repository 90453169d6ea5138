//===- CacheRows.h - Walking the rows of a cache ----------------*- C++ -*-===//
//
// What attention and its steps are made of. A row of the cache is read once for all query
// heads of its kv head, and rows are taken a vector at a time.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "dialect/ops/Emit.h"

namespace cria {

/// dim(queries, 1) / dim(cache, 0): query heads that share a kv head, if both are static.
std::optional<int64_t> groupSize(mlir::Value queries, mlir::Value cache);
/// Fails with `constraint` if query heads cannot be shared out to kv heads.
llvm::LogicalResult expectGroups(mlir::Operation *op, llvm::StringRef constraint,
                                 mlir::Value queries, mlir::Value cache);
/// Fails with `constraint` if `stats` has not two numbers for each of the first two dimensions
/// of `of`, which is called `name`.
llvm::LogicalResult expectStats(mlir::Operation *op, llvm::StringRef constraint, mlir::Value stats,
                                llvm::StringRef name, mlir::Value of);

/// One token and the query heads that share a kv head.
struct HeadGroup {
  mlir::Value token, kvHead;
  llvm::SmallVector<mlir::Value> heads; ///< of the queries
  mlir::Value visible;                  ///< rows that the token sees, if a position is known
};

/// Calls `body` for each token and group of `op`, on `outs`, and returns what it made of them.
/// Fails if the number of heads is dynamic. `position` may be null.
mlir::FailureOr<llvm::SmallVector<mlir::Value>> overGroups(
    Emit &emit, mlir::Operation *op, mlir::Value position, mlir::Value queries, mlir::Value cache,
    mlir::ValueRange outs,
    llvm::function_ref<llvm::SmallVector<mlir::Value>(const HeadGroup &, mlir::ValueRange)> body);

/// Calls `body` for the rows from `begin` to before `end`: for a vector of them at a time, and
/// for each of the rest. It gets the first row and how many there are.
llvm::SmallVector<mlir::Value>
overRows(Emit &emit, mlir::Value begin, mlir::Value end, mlir::ValueRange inits,
         llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value, int64_t, mlir::ValueRange)>
             body);

/// Slice `i` of the first dimension of a rank-3 tensor.
mlir::Value plane(Emit &emit, mlir::Value source, mlir::Value i);

/// scale · q · k for `count` rows of keys [S, E] from `row` on and each of `heads` of queries
/// [H, E]: one vector for a head.
llvm::SmallVector<mlir::Value> scoresOf(Emit &emit, mlir::Value queries,
                                        llvm::ArrayRef<mlir::Value> heads, mlir::Value keys,
                                        mlir::Value row, int64_t count, double scale);

/// sums[h] + Σ_j weights[h][j] · values[row + j, :] for vectors of weights of as many rows.
llvm::SmallVector<mlir::Value> addValues(Emit &emit, mlir::ValueRange sums,
                                         llvm::ArrayRef<mlir::Value> weights, mlir::Value values,
                                         mlir::Value row);

/// `row` as the last dimension of the rank-3 tensor `into`, at `at` of it.
mlir::Value writeRow(Emit &emit, mlir::Value row, mlir::Value into, mlir::ValueRange at);

} // namespace cria
