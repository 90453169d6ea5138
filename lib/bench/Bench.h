//===- Bench.h - A compiled model against the machine's limits --*- C++ -*-===//
#pragma once
#include "bench/Options.h"
#include "bench/Results.h"
#include "measure/Progress.h"
#include "support/Interrupt.h"

namespace cria::bench {

/// Compiles the model with all fusions and runs it in rounds, for one number of threads after
/// the other. Before each run the limit for it is measured on the same threads, so that a
/// machine that drifts moves both. Ends early if it is interrupted, with what there is.
/// Throws cria::Error.
Results runBench(const Options &options, const measure::Progress &progress,
                 const Interrupt &interrupt);

} // namespace cria::bench
