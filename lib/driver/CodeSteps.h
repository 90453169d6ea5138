//===- CodeSteps.h - What LLVM makes, as events -----------------*- C++ -*-===//
#pragma once
#include "driver/Observer.h"
#include "driver/Target.h"
#include "llvm/IR/Module.h"

namespace cria::driver {

/// LLVM IR as text.
std::string print(const llvm::Module &module);

/// Tells `observer` of a step after which the code is `module`.
void tellCode(Observer &observer, Step step, const llvm::Module &module);
/// Tells `observer`, if it reads IR, of the assembly of `module`. The module stays as it is, so
/// that what is written does not depend on who observes. Throws cria::Error.
void tellAssembly(Observer &observer, const llvm::Module &module, const Target &target);

} // namespace cria::driver
