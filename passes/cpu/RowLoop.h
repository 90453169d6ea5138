//===- RowLoop.h - A linalg op as a loop over vectors -----------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace cria {

/// A linalg op on buffers that can be computed in vectors along one of its loops.
class RowLoop {
public:
  /// None if the body of `op` is not element-wise, or there is no loop along which every operand is
  /// contiguous or constant.
  static std::optional<RowLoop> of(mlir::linalg::LinalgOp op);

  /// Replaces the op by loops. The innermost steps by vectors of `lanes` elements, or by four times
  /// as many if all outputs are reduced along it.
  void lower(mlir::RewriterBase &rewriter, int64_t lanes);

private:
  RowLoop(mlir::linalg::LinalgOp op, unsigned loop) : op(op), loop(loop) {}

  /// Whether the operand is a row rather than constant along it.
  bool follows(mlir::OpOperand &operand) {
    return op.getMatchingIndexingMap(&operand).isFunctionOfDim(loop);
  }
  bool findCombiners();

  /// Loops over all indices but that along the row.
  void emitOuter(mlir::ImplicitLocOpBuilder &b, unsigned next);
  /// The row at the indices `at`, in spans of vectors of one size.
  void emitRow(mlir::ImplicitLocOpBuilder &b);
  /// Elements `from` … `to` - 1 of the row, `width` at a time; returns the reduced outputs.
  llvm::SmallVector<mlir::Value> emitSpan(mlir::ImplicitLocOpBuilder &b, mlir::Value from,
                                          mlir::Value to, int64_t width, mlir::ValueRange reduced);
  /// `width` elements from `column` on.
  llvm::SmallVector<mlir::Value> emitBody(mlir::ImplicitLocOpBuilder &b, mlir::Value column,
                                          int64_t width, mlir::ValueRange partial);
  mlir::Value emitInner(mlir::ImplicitLocOpBuilder &b, mlir::Operation &inner, mlir::Value column,
                        int64_t width, mlir::IRMapping &values);
  llvm::SmallVector<mlir::Value> indicesOf(mlir::ImplicitLocOpBuilder &b, mlir::OpOperand &operand,
                                           mlir::Value column);
  mlir::Value load(mlir::ImplicitLocOpBuilder &b, mlir::OpOperand &operand, mlir::Value column,
                   int64_t width);

  mlir::linalg::LinalgOp op;
  unsigned loop;
  llvm::SmallVector<mlir::Operation *> combiners; ///< of each output that is reduced along the row
  int64_t lanes = 1;
  llvm::SmallVector<mlir::Range> ranges;   ///< of each loop
  llvm::SmallVector<mlir::Value> at;       ///< the index of each outer loop
  llvm::SmallVector<mlir::Value> constant; ///< of each operand that is constant along the row
};

} // namespace cria
