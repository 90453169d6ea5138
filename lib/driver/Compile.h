//===- Compile.h - From a source to what was asked for ----------*- C++ -*-===//
#pragma once
#include "driver/DumpIr.h"
#include "driver/Options.h"
#include "driver/Source.h"

namespace cria::driver {

/// Does what `options` ask for. Throws cria::Error for faults of the user's input.
void compile(const Options &options);

} // namespace cria::driver
