//===- EmulatedModule.h - A module for a GPU, all of it on this machine -----===//
#pragma once
#include "driver/Jit.h"
#include "gpu/emulator/Emulator.h"
#include "mlir/IR/BuiltinOps.h"
#include <optional>
#include <string>
#include <vector>

namespace cria::emulator {

/// The code of a module after the phase `gpu`: entry points, and the kernels that they launch.
class EmulatedModule {
public:
  /// Takes the kernels of `module` as LLVM IR for `gpu`. Throws cria::Error.
  EmulatedModule(mlir::ModuleOp module, const driver::Target &gpu, const driver::Target &host);

  /// The entry points as LLVM IR for the host, and the kernels beside them. Call it once.
  std::unique_ptr<llvm::Module> takeCode() { return std::move(code); }
  std::unique_ptr<llvm::LLVMContext> takeContext() { return std::move(context); }

  /// Finds the kernels in `jit`, which runs that code.
  void find(const driver::Jit &jit);
  /// From now on, launches are of these kernels, with threads in the order that `seed` says.
  void use(unsigned seed) const;

private:
  std::vector<std::string> names; ///< of kernels, by their number
  std::vector<const Kernel *> kernels;
  std::unique_ptr<llvm::LLVMContext> context;
  std::unique_ptr<llvm::Module> code;
};

} // namespace cria::emulator
