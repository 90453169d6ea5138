//===- TensorForm.h - Which ops tensor cores can compute --------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"

namespace cria {

/// A linalg op on buffers that computes
///
///     y[r, n] += Σ_k f(x[r, k]) · w[n, k]    or    … · w[k, n]
///
/// where r is one loop or two, x and y are f32, and w is f32, f16, bf16 or, as w[n, k], of blocks:
/// a product with a weight, or one of attention with keys or values.
struct TensorForm {
  static constexpr int64_t fragmentRows = 16, fragmentColumns = 8;
  /// Lanes that share a row, and elements that instructions take of each at a time.
  static constexpr int64_t quad = 4, width = 8;
  /// Whether w may be of `element`.
  static bool multiplies(mlir::Type element);
  /// Elements of a row that are multiplied together, where rows are of `element`: of blocks, a lane
  /// has a whole group.
  static int64_t stepOf(mlir::Type element);

  /// None if `op` has another form, or sizes that do not fit. n and k may be dynamic where that
  /// costs little: columns of w[n, k], and k if rows of x are as far apart as whole steps and w is
  /// not of blocks.
  static std::optional<TensorForm> of(mlir::linalg::LinalgOp op);

  mlir::Value x() { return op->getOperand(0); }
  mlir::Value w() { return op->getOperand(1); }
  /// A factor of each k that f applies; null if there is none.
  mlir::Value gain();
  mlir::Value y() { return op.getDpsInits().front(); }
  bool isDynamic(unsigned loop) {
    return mlir::ShapedType::isDynamic(op.getStaticLoopRanges()[loop]);
  }
  /// Loops of r come first.
  unsigned n() { return op.getNumLoops() - 2; }
  unsigned k() { return op.getNumLoops() - 1; }

  mlir::Type element() { return mlir::getElementTypeOrSelf(w().getType()); }
  int64_t step() { return stepOf(element()); }

  mlir::linalg::GenericOp op;
  mlir::Value weight;          ///< in the body, an element of w as f32
  mlir::arith::MulFOp product; ///< in the body, of f(x) and w
  bool rowsOfColumns = false;  ///< whether w is [k, n], so that neighbours are columns
};

} // namespace cria
