//===- ThreadLoop.h - A linalg op on the threads of a block -----*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace cria {

/// Computes a linalg op on buffers by all threads of a block: see `cria-thread-loops`.
class ThreadLoop {
public:
  /// `warp`: threads of a warp.
  ThreadLoop(mlir::linalg::LinalgOp op, int64_t warp);

  /// Replaces the op by loops and a barrier.
  void lower(mlir::RewriterBase &rewriter);

private:
  void chooseLoops();
  /// The largest vector that lanes can read along the row, and as many lanes as there are of them.
  void chooseWidth();
  /// Whether lanes step through an operand of blocks.
  bool readsGroups();
  /// Whether the operand depends on a loop that is not dealt out.
  bool isInner(mlir::OpOperand &operand);
  /// A result that is kept in registers while loops that are not dealt out run.
  bool isCarried(mlir::OpOperand &init) { return op.isDpsInit(&init) && !isInner(init); }

  using Values = llvm::SmallVector<mlir::Value>;
  mlir::Value index(mlir::ImplicitLocOpBuilder &b, int64_t value);
  mlir::Value sizeOf(mlir::ImplicitLocOpBuilder &b, unsigned loop);
  /// The results at the indices `at` of the dealt loops.
  void emitPoint(mlir::ImplicitLocOpBuilder &b);
  Values emitSerial(mlir::ImplicitLocOpBuilder &b, unsigned next, Values carried);
  Values emitRow(mlir::ImplicitLocOpBuilder &b, mlir::ValueRange carried);
  /// `width` elements; stores what is not carried, and returns what is.
  Values emitBody(mlir::ImplicitLocOpBuilder &b, mlir::ValueRange carried);
  mlir::Value emitInner(mlir::ImplicitLocOpBuilder &b, mlir::Operation &inner,
                        mlir::IRMapping &values);
  /// `part` of every lane, combined.
  mlir::Value overLanes(mlir::ImplicitLocOpBuilder &b, mlir::Value part, mlir::Operation *combiner);
  void store(mlir::ImplicitLocOpBuilder &b, mlir::Value value, mlir::OpOperand &init);
  mlir::Value load(mlir::ImplicitLocOpBuilder &b, mlir::OpOperand &operand);
  /// The values of a group of blocks, or of one element.
  mlir::Value loadBlocks(mlir::ImplicitLocOpBuilder &b, mlir::OpOperand &operand);
  Values indicesOf(mlir::ImplicitLocOpBuilder &b, mlir::OpOperand &operand);
  /// Whether a vector of the operand is read or written along the row.
  bool isWide(mlir::OpOperand &operand);

  mlir::linalg::LinalgOp op;
  int64_t warp;
  int64_t lanes;                                  ///< of a warp that share a row
  llvm::SmallVector<unsigned> dealt;              ///< loops, the innermost last
  llvm::SmallVector<unsigned> serial;             ///< that each thread or warp runs by itself
  std::optional<unsigned> row;                    ///< that lanes step through
  llvm::SmallVector<mlir::Operation *> combiners; ///< of carried results, if there is a row
  int64_t width = 1;
  llvm::SmallVector<mlir::Range> ranges; ///< of each loop
  Values at;                             ///< the index of each loop
  mlir::Value lane;                      ///< among those
  mlir::Value writes;                    ///< whether it is the one that writes the result
};

} // namespace cria
