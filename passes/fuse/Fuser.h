//===- Fuser.h - Kernels put together, and said so ---------------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/PatternMatch.h"

namespace cria {

/// What all fusion passes share: following a value to the op that makes it, putting two
/// kernels into one, and a remark with the bytes that no longer cross a kernel's border.
class Fuser {
public:
  /// Remarks are in the name of `fusion` and about `func`.
  Fuser(llvm::StringRef fusion, mlir::func::FuncOp func);

  /// The op that makes `value`, through reshapes and borders of kernels; null if it comes
  /// from elsewhere.
  static mlir::Operation *producerOf(mlir::Value value);

  /// Whether nothing but `user` reads what `producer` makes, as `producerOf` follows it.
  static bool isOnlyFor(mlir::Operation *producer, mlir::Operation *user);

  /// Puts the kernel of `producer` and that of `consumer`, which may use it, into one. Fails,
  /// with a remark, if what the consumer needs besides can not be had where the producer is.
  llvm::LogicalResult merge(mlir::Operation *producer, mlir::Operation *consumer);

  /// Says that `change`, which it makes, was made to `op`.
  void applied(mlir::Operation *op, llvm::function_ref<void()> change);
  /// Says why nothing was done.
  llvm::LogicalResult missed(mlir::Operation *op, llvm::StringRef why);

  mlir::IRRewriter &rewriter() { return theRewriter; }

private:
  int64_t bytesOfStep();

  llvm::StringRef fusion;
  mlir::func::FuncOp func;
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
