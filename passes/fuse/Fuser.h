//===- Fuser.h - Merging kernels, with remarks ------------------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/PatternMatch.h"

namespace cria {

/// Shared by all fusion passes: tracing a value to its producer, merging two kernels, and emitting
/// a remark with the bytes that no longer cross a kernel's boundary.
class Fuser {
public:
  /// Remarks name `fusion` and `func`.
  Fuser(llvm::StringRef fusion, mlir::func::FuncOp func);

  /// The op that computes `value`, looking through reshapes and kernel boundaries; null if there is
  /// none.
  static mlir::Operation *producerOf(mlir::Value value);

  /// Whether `user` alone reads the result of `producer`, looking through the same ops as
  /// `producerOf`.
  static bool isOnlyFor(mlir::Operation *producer, mlir::Operation *user);

  /// Merges the kernel of `producer` with that of `consumer`, which may use it. Fails, with a
  /// remark, if another input of the consumer is not available where the producer is, or if both
  /// together are not one grid (passes/loops/Grid.h).
  llvm::LogicalResult merge(mlir::Operation *producer, mlir::Operation *consumer);

  /// Makes `change`, and emits a remark that it was applied to `op`.
  void applied(mlir::Operation *op, llvm::function_ref<void()> change);
  /// Emits a remark on why the fusion was not applied.
  llvm::LogicalResult missed(mlir::Operation *op, llvm::StringRef why);

  mlir::IRRewriter &rewriter() { return theRewriter; }

private:
  int64_t bytesOfStep();

  llvm::StringRef fusion;
  mlir::func::FuncOp func;
  Step step; ///< that remarks count bytes of: as many tokens as `func` takes
  mlir::IRRewriter theRewriter;
};

/// Calls `fuse` with a fuser and every `OpT` of each function under `root`, in order.
template <typename OpT>
void fuseEach(mlir::Operation *root, llvm::StringRef fusion,
              llvm::function_ref<void(Fuser &, OpT)> fuse) {
  root->walk([&](mlir::func::FuncOp func) {
    Fuser fuser(fusion, func);
    llvm::SmallVector<OpT> ops;
    func.walk([&](OpT op) {
      if (op->template getParentOfType<KernelOp>())
        ops.push_back(op);
    });
    for (OpT op : ops)
      fuse(fuser, op);
  });
}

} // namespace cria
