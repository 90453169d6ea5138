//===- ProbeLoop.h - A function with one loop over vectors ------*- C++ -*-===//
#pragma once
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"

namespace cria::measure {

/// Emits `void NAME(arguments)`: one loop that carries vectors in registers. LLVM's types here, not
/// MLIR's.
class ProbeLoop {
public:
  /// `bits` is the width of the widest vector, which LLVM must not split.
  ProbeLoop(llvm::Module &module, llvm::StringRef name, llvm::ArrayRef<llvm::Type *> arguments,
            std::int64_t bits);

  /// Counts from 0 to `count` in steps of `step`. `body` computes the next carried vectors from
  /// the current ones, which start as `first`; the sum of the last ones is stored to `sum`, so that
  /// no computation is eliminated as dead.
  void
  emit(llvm::Value *count, std::int64_t step, llvm::Value *sum,
       llvm::ArrayRef<llvm::Constant *> first,
       llvm::function_ref<void(llvm::Value *index, llvm::MutableArrayRef<llvm::Value *>)> body);

  llvm::Value *argument(unsigned i) const { return function->getArg(i); }

  llvm::IRBuilder<> b;

private:
  llvm::Function *function;
  llvm::BasicBlock *loop, *exit;
};

} // namespace cria::measure
