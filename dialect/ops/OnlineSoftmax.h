//===- OnlineSoftmax.h - Attention in one pass over the cache ---*- C++ -*-===//
#pragma once
#include "dialect/ops/CacheRows.h"

namespace cria {

/// Online softmax (Milakov & Gimelshein 2018) for one token and the query heads that share a kv
/// head. Each key and value is read once for all of them, one vector of keys at a time.
class OnlineSoftmax {
public:
  /// queries [T, H, E]; keys and values [G, S, E]; scores are multiplied by `scale`
  OnlineSoftmax(Emit &emit, const HeadGroup &group, mlir::Value queries, mlir::Value keys,
                mlir::Value values, double scale);

  /// Per head of the group: the maximum score, the sum of exponentials relative to it, and the
  /// values [E] weighted by these.
  struct State {
    llvm::SmallVector<mlir::Value> top, sum, mixed;
  };

  /// The state after rows begin … end - 1 of the cache.
  State over(mlir::Value begin, mlir::Value end);

private:
  State unpack(mlir::ValueRange all);
  mlir::Value mul(mlir::Value x, mlir::Value y);
  State step(mlir::Value first, int64_t count, State state);

  Emit &emit;
  const HeadGroup &group;
  mlir::Value queries, keys, values; ///< [H, E], [S, E], [S, E]
  double scale;
  mlir::VectorType row; ///< E elements
};

/// exp(x - y) of f32 scalars or vectors.
mlir::Value expOfDifference(Emit &emit, mlir::Value x, mlir::Value y);
/// Divides a vector by a scalar.
mlir::Value divide(Emit &emit, mlir::Value vector, mlir::Value by);

} // namespace cria
