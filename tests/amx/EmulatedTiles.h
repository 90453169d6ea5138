//===- EmulatedTiles.h - AMX on machines that have none ---------*- C++ -*-===//
#pragma once
#include "llvm/IR/Module.h"

namespace cria::emulator {

/// Makes `module`, code for a CPU with AMX, code for any in this process: tiles become vectors, and
/// what LLVM's intrinsics do with them a function of this program does.
void emulateTiles(llvm::Module &module);

} // namespace cria::emulator
