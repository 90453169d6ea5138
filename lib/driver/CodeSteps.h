//===- CodeSteps.h - What LLVM makes, as events -----------------*- C++ -*-===//
#pragma once
#include "driver/Observer.h"
#include "driver/Target.h"
#include "llvm/IR/Module.h"
#include <future>

namespace cria::driver {

/// LLVM IR as text.
std::string print(const llvm::Module &module);

/// Tells `observer` of a step after which the code is `module`.
void tellCode(Observer &observer, Step step, const llvm::Module &module);

/// The assembly of a module, generated on another thread and from a copy: code generation changes
/// what it is given, and what is written must not depend on who observes.
class Assembly {
public:
  /// Begins, for the CPU that `target` is. Throws cria::Error.
  Assembly(const llvm::Module &module, const Target &target);
  /// Waits for it, and tells `observer`. Throws cria::Error.
  void tell(Observer &observer);

private:
  struct Made {
    std::string text;
    double seconds;
  };
  std::future<Made> made;
};

} // namespace cria::driver
