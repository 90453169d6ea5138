//===- Compile.h - From a source to what was asked for ----------*- C++ -*-===//
#pragma once
#include "driver/Options.h"
#include "driver/Source.h"
#include "report/Report.h"

namespace cria::driver {

/// Does what `options` ask for. Throws cria::Error for faults of the user's input.
void compile(const Options &options);

/// What a compilation does, which writes nothing. Throws as above.
report::Report observedCompilation(Options options);

} // namespace cria::driver
