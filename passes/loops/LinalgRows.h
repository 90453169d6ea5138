//===- LinalgRows.h - Rows that linalg ops read and write -------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace cria {

/// Whether each op of the body of a linalg op has the same meaning on vectors.
bool isElementwise(mlir::Block &body);

/// Whether every operand of `op`, which is on buffers, is contiguous or constant along `loop`, some
/// operand is not constant, and the loop is longer than one.
bool isRow(mlir::linalg::LinalgOp op, unsigned loop);

/// The only op of the body that combines results of `init`, if it is associative, as sums and
/// maxima are, and has a neutral element; else null.
mlir::Operation *combinerOf(mlir::linalg::LinalgOp op, mlir::OpOperand &init);

/// `width` elements as a vector, or one as a number.
mlir::Type withWidth(mlir::Type element, int64_t width);

/// `inner`, an op of a body, on `operands`. If some are vectors of `width` elements, so are the
/// others and the result.
mlir::Value cloneWide(mlir::ImplicitLocOpBuilder &b, mlir::Operation &inner,
                      llvm::SmallVector<mlir::Value> operands, int64_t width);

} // namespace cria
