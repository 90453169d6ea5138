//===- KeyBlocks.h - Attention in blocks of keys ----------------*- C++ -*-===//
#pragma once
#include "dialect/ops/HeadGroups.h"

namespace cria {

/// Online softmax (Milakov & Gimelshein 2018) for all tokens of a tile and the query heads that
/// share a kv head, one block of keys at a time. Each block of keys and values is read once for all
/// of them, and scores of one block are the only buffer.
class KeyBlocks {
public:
  /// Per token and head: the values [T, H, E] weighted by exponentials relative to the maximum
  /// score, that maximum [T, H], and the sum [T, H] of the exponentials.
  struct State {
    mlir::Value mixed, top, sum;
  };

  /// queries [T, H, E] of all groups; caches [G, S, E]; scores are multiplied by `scale`. The
  /// schedule of the kernel around `op` gives the number of keys per block.
  KeyBlocks(TensorBuilder &b, mlir::Operation *op, const HeadGroup &group, mlir::Value queries,
            mlir::Value keys, mlir::Value values, double scale);

  /// The state after rows begin … end - 1, all of which every token sees. `mixed` [T, H, E], the
  /// part of this group, is overwritten.
  State over(mlir::Value begin, mlir::Value end, mlir::Value mixed);
  /// The state after the rows that each token sees, if the first token is at `position`.
  State overVisible(mlir::Value position, mlir::Value mixed);

private:
  /// Rows `first` … `first` + `size` - 1 for some queries, of which token t sees those up to
  /// `position` + t, or all if no position is given.
  struct Block {
    mlir::Value first;
    mlir::OpFoldResult size;
    mlir::Value queries, position;
  };
  /// Full blocks from `begin` on while the first token sees all rows of them, which are those below
  /// `seen`; then blocks up to `end`, masked by `position` if given.
  State walk(mlir::Value begin, mlir::Value seen, mlir::Value end, mlir::Value position,
             mlir::Value mixed);
  /// Adds a block to the state of its queries.
  State step(const Block &block, State state);
  /// Adds a masked block to the state of those tokens that see any of its rows.
  State stepSeen(Block block, const State &state);
  /// The products [T, H, size] of queries and the keys of a block.
  mlir::Value products(const Block &block);
  /// The scores [T, H, size] of a block, -∞ for rows that are not seen, and their maxima [T, H].
  std::pair<mlir::Value, mlir::Value> scoresOf(const Block &block);
  mlir::Value emptyStats(mlir::Value queries); ///< [T, H]

  TensorBuilder &b;
  const HeadGroup &group;
  mlir::Value queries, keys, values;
  double scale;
  int64_t rowsPerBlock;
};

} // namespace cria
