//===- CompiledModel.h - A model compiled in this process -------*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include "driver/Jit.h"
#include "driver/Lowering.h"

namespace cria::measure {

/// Sees the IR when all work is in kernels, which is where costs are counted.
using KernelInspector = llvm::function_ref<void(driver::Lowering &)>;

/// One model with one set of fusions, as machine code that can be called.
class CompiledModel {
public:
  /// Throws cria::Error.
  CompiledModel(
      const driver::Options &options, const driver::Source &source, const driver::Target &target,
      llvm::ArrayRef<llvm::StringRef> fusions, KernelInspector inspect = [](driver::Lowering &) {});

  const cria_model &model() const { return *compiled; }
  const driver::Jit &jit() const { return *machineCode; }
  /// From the source in memory to machine code, without `inspect`.
  double compileSeconds() const { return seconds; }

private:
  std::optional<driver::Jit> machineCode;
  const cria_model *compiled = nullptr;
  double seconds = 0;
};

} // namespace cria::measure
