//===- Study.h - Fusions counted, timed and checked side by side -*- C++ -*-===//
#pragma once
#include "measure/Progress.h"
#include "study/Options.h"
#include "study/Results.h"
#include "support/Interrupt.h"

namespace cria::study {

/// Compiles the model with every set of fusions, then runs all of them in rounds: each round
/// runs every set once at every point, in an order that moves on from round to round, so that
/// a machine that drifts hits all sets alike. Ends early if it is interrupted, with what there
/// is. Throws cria::Error.
Results runStudy(const Options &options, const measure::Progress &progress,
                 const Interrupt &interrupt);

} // namespace cria::study
