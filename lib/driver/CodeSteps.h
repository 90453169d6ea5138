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

/// Tells `observer` of machine code as text, which took `seconds` to make.
void tellAssembly(Observer &observer, llvm::StringRef text, double seconds);

/// The assembly of a copy of `module`: code generation changes what it is given, and what is
/// written must not depend on who observes. Throws cria::Error.
std::string assemblyOf(const llvm::Module &module, const Target &target);

} // namespace cria::driver
