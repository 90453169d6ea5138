//===- Variants.h - Code for several CPUs in one module ---------*- C++ -*-===//
#pragma once
#include "driver/Lowering.h"

namespace cria::driver {

/// Puts the code of one model for one CPU or for several together. Every function says in its
/// attributes which CPU it is for, so that LLVM optimises and generates each for its own.
class Variants {
public:
  /// Of several, each function gets the name of its CPU: decode.x86_64_v3.
  explicit Variants(bool several) : several(several) {}

  /// Takes what `lowering`, after all phases, has made for its target. Throws cria::Error.
  void add(Lowering &lowering);
  /// What the code is to run with.
  const Facts &facts() const { return allFacts; }
  /// The module, with the descriptor if its system has one. Call it once, in the end.
  LlvmCode finish(const Source &source);

private:
  bool several;
  Facts allFacts;
  LlvmCode code{std::make_unique<llvm::LLVMContext>(), nullptr};
};

} // namespace cria::driver
