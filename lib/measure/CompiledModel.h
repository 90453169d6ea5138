//===- CompiledModel.h - A model compiled into this process -----*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include "driver/Jit.h"
#include "driver/Lowering.h"

namespace cria::measure {

/// Sees the IR after the `schedule` phase, whose kernels are those that run; there costs are
/// counted.
using KernelInspector = llvm::function_ref<void(driver::Lowering &)>;

/// Callable machine code of one model with one set of fusions.
class CompiledModel {
public:
  /// `host` is where the entry points of code for a GPU run; null for CPUs. Throws cria::Error.
  CompiledModel(
      const driver::Options &options, const driver::Source &source, const driver::Target &target,
      llvm::ArrayRef<llvm::StringRef> fusions, KernelInspector inspect = [](driver::Lowering &) {},
      const driver::Target *host = nullptr);

  const cria_model &model() const { return *compiled; }
  const driver::Jit &jit() const { return *machineCode; }
  /// Time from the source in memory to machine code, excluding `inspect`.
  double compileSeconds() const { return seconds; }

private:
  std::optional<driver::Jit> machineCode;
  const cria_model *compiled = nullptr;
  double seconds = 0;
};

} // namespace cria::measure
