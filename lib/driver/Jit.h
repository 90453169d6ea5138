//===- Jit.h - Running code in this process ---------------------*- C++ -*-===//
#pragma once
#include "driver/Target.h"
#include "llvm/IR/Module.h"
#include <memory>

namespace llvm::orc {
class LLJIT;
} // namespace llvm::orc

namespace cria::driver {

/// Machine code of a module, loaded into this process.
class Jit {
public:
  /// With what compiled code calls of this process (cria/runtime/abi.h). Throws cria::Error.
  Jit(std::unique_ptr<llvm::Module> module, std::unique_ptr<llvm::LLVMContext> context,
      const Target &target);
  Jit(Jit &&) noexcept;
  Jit &operator=(Jit &&) noexcept;
  ~Jit();

  /// Throws cria::Error if there is no such symbol.
  template <typename T>
  T *lookup(llvm::StringRef name) const {
    return reinterpret_cast<T *>(address(name));
  }

private:
  void *address(llvm::StringRef name) const;
  std::unique_ptr<llvm::orc::LLJIT> jit;
};

} // namespace cria::driver
