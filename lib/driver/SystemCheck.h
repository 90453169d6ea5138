//===- SystemCheck.h - What a system can have -------------------*- C++ -*-===//
#pragma once
#include "driver/Options.h"
#include "driver/Source.h"
#include "driver/Target.h"

namespace cria::driver {

/// Whether the output is linked with the runtime.
inline bool isLinked(Emit emit) { return emit == Emit::executable || emit == Emit::shared; }

/// Refuses what `options` ask for that the system of `targets` cannot have: throws a UsageError, or
/// a cria::Error for what is in `source`.
void checkSystem(const Options &options, const Source &source, const std::vector<Target> &targets);

} // namespace cria::driver
