//===- ProbeLoop.h - A function with one loop over vectors ------*- C++ -*-===//
#pragma once
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"

namespace cria::measure {

/// Emits `void NAME(arguments)`: one loop that carries values in registers. LLVM's types here, not
/// MLIR's.
class ProbeLoop {
public:
  /// `bits` is the width of the widest vector, which LLVM must not split.
  ProbeLoop(llvm::Module &module, llvm::StringRef name, llvm::ArrayRef<llvm::Type *> arguments,
            std::int64_t bits);

  using Body =
      llvm::function_ref<void(llvm::Value *index, llvm::MutableArrayRef<llvm::Value *> carried)>;

  /// Counts from 0 to `count` in steps of `step`. `body` computes the next carried values from the
  /// current ones, which start as `first`. Returns the last ones, of which something must be
  /// stored, so that no computation is eliminated as dead.
  llvm::SmallVector<llvm::Value *> count(llvm::Value *count, std::int64_t step,
                                         llvm::ArrayRef<llvm::Value *> first, Body body);
  /// The same for vectors; stores the sum of the last ones to `sum`, and returns.
  void emit(llvm::Value *count, std::int64_t step, llvm::Value *sum,
            llvm::ArrayRef<llvm::Value *> first, Body body);

  llvm::Value *argument(unsigned i) const { return function->getArg(i); }

  llvm::IRBuilder<> b; ///< in front of the loop, in it or behind it

private:
  llvm::Function *function;
  llvm::BasicBlock *loop, *exit;
};

} // namespace cria::measure
