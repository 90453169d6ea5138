//===- Study.h - Fusions counted, timed and checked side by side -*- C++ -*-===//
#pragma once
#include "study/Options.h"
#include "study/Results.h"
#include "support/Interrupt.h"
#include "support/StatusLine.h"

namespace cria::study {

/// Compiles the model with every set of fusions, then runs all of them in rounds. Each round runs
/// every set once at every point, in a new order, so that drift of the machine affects all sets
/// alike. For a target or a CPU that is named, sets are counted only. An interrupt ends the study
/// early; results so far are returned. Throws cria::Error.
Results runStudy(const Options &options, const StatusLine &progress, const Interrupt &interrupt);

} // namespace cria::study
