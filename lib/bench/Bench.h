//===- Bench.h - A compiled model against hardware limits -------*- C++ -*-===//
#pragma once
#include "bench/Options.h"
#include "bench/Results.h"
#include "support/Interrupt.h"
#include "support/StatusLine.h"

namespace cria::bench {

/// Compiles the model with all fusions and runs it in rounds, for each number of threads in turn.
/// The hardware limit is measured just before each run on the same threads, so that drift of the
/// machine affects both. An interrupt ends the benchmark early; results so far are returned.
/// Throws cria::Error.
Results runBench(const Options &options, const StatusLine &progress, const Interrupt &interrupt);

} // namespace cria::bench
