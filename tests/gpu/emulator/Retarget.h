//===- Retarget.h - Code for a GPU as code for this machine -----*- C++ -*-===//
#pragma once
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

namespace cria::emulator {

/// Makes `module`, kernels for a GPU, code for `machine`: `llvm.nvvm.x.y` and `llvm.amdgcn.x.y`
/// become the function `emulated_x_y`, which gets the number of the call as a last argument if
/// threads wait there for others, and kernel `k` gets an `emulator::Kernel` of the name
/// `emulated_k`.
void retarget(llvm::Module &module, const llvm::TargetMachine &machine);

} // namespace cria::emulator
