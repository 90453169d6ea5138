//===- TensorForm.h - Which ops tensor cores can compute --------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"

namespace cria {

/// A linalg op on buffers that computes
///
///     y[r, n] += Σ_k f(x[r, k]) · w[n, k]    or    … · w[k, n]
///
/// where r is one loop or two, x and y are f32 and w is bf16: a product with a weight, or one of
/// attention with keys or values of bf16.
struct TensorForm {
  /// Elements that a lane reads at a time, and elements of a row that a step multiplies: as many
  /// for each of 4 lanes.
  static constexpr int64_t width = 8, step = 4 * width;
  static constexpr int64_t fragmentRows = 16, fragmentColumns = 8;

  /// None if `op` has another form, or sizes that do not fit. n and k may be dynamic where that
  /// costs little: columns of w[n, k], and k if rows of x are as far apart as whole steps.
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

  mlir::linalg::GenericOp op;
  mlir::arith::MulFOp product; ///< in the body, of f(x) and w
  bool rowsOfColumns = false;  ///< whether w is [k, n], so that neighbours are columns
};

} // namespace cria
