//===- WasmHalf.h - f16 where no instruction knows it -----------*- C++ -*-===//
#pragma once
#include "llvm/IR/Module.h"

namespace cria::driver {

/// Turns conversions between f16 and f32 into arithmetic on integers, in vectors where they are
/// vectors, with the same results: LLVM would call a function for each element. A NaN stays one,
/// and its payload may change.
void expandHalf(llvm::Module &module);

} // namespace cria::driver
