//===- Variants.h - Code for several CPUs in one module ---------*- C++ -*-===//
#pragma once
#include "driver/Lowering.h"

namespace cria::driver {

/// Puts the code of one model for one CPU or for several together. Every function says in its
/// attributes which CPU it is for, so that LLVM optimises and generates each for its own.
class Variants {
public:
  /// Of several, each function gets the name of its CPU: decode.x86_64_v3. `host` is where the
  /// entry points of code for a GPU run, which then carries its kernels; null for kernels
  /// alone, and for CPUs.
  explicit Variants(bool several, const Target *host = nullptr)
      : several(several || host), host(host) {}

  /// Takes what `lowering`, after all phases, has made for its target. Throws cria::Error.
  void add(Lowering &lowering);
  /// What the code is to run with.
  const Facts &facts() const { return allFacts; }
  /// The module, with the descriptor if its system has one. Call it once, in the end.
  LlvmCode finish(const Source &source);

private:
  std::unique_ptr<llvm::Module> translate(Lowering &lowering, CodeFacts &facts);

  bool several;
  const Target *host;
  Facts allFacts;
  LlvmCode code{std::make_unique<llvm::LLVMContext>(), nullptr};
};

} // namespace cria::driver
