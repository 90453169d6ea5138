//===- Limits.h - The limits of this machine alone --------------*- C++ -*-===//
#pragma once
#include "bench/Options.h"
#include "measure/ProbeUnits.h"
#include "measure/ReadWays.h"
#include "measure/Statistics.h"
#include "support/Interrupt.h"
#include "support/StatusLine.h"

namespace cria::bench {

/// What `threads` threads reach. Samples are one per round.
struct ThreadLimits {
  int threads = 0;
  std::vector<std::vector<double>> reads; ///< per way of reading, bytes per second
  std::vector<double> bandwidth;          ///< the best way of each round
  std::vector<std::vector<double>> peaks; ///< per unit, operations per second
};

struct Limits {
  std::string cpu;
  std::size_t bufferBytes = 0; ///< read per pass
  std::int64_t rounds = 0;
  bool interrupted = false;
  std::vector<measure::UnitForm> units;
  std::vector<ThreadLimits> measurements;
};

/// Probes in rounds, for each number of threads in turn; no model is involved. An interrupt ends it
/// early; results so far are returned. Throws cria::Error.
Limits probeLimits(const Options &options, const StatusLine &progress, const Interrupt &interrupt);

/// Tables for a terminal: ways of reading, then units.
std::string toText(const Limits &limits);
/// All results, with the samples of each round.
std::string toJson(const Limits &limits);

} // namespace cria::bench
