//===- Results.h - What a benchmark finds -----------------------*- C++ -*-===//
#pragma once
#include "dialect/base/Cost.h"
#include "measure/Point.h"
#include "measure/Statistics.h"
#include <string>
#include <vector>

namespace cria::bench {

using measure::Entry;
using measure::Point;
using measure::Summary;

/// A model on some threads at one point, beside what the machine can do at most on as many:
/// read bytes for decode, do multiply-adds for prefill.
struct Measurement {
  int threads = 0;
  Point point;
  Cost cost;                   ///< of all tokens, by the cost model
  std::vector<double> seconds; ///< by round, for all tokens
  std::vector<double> limit;   ///< by round, just before: bytes or operations a second

  /// Bytes that are moved, or operations that are done.
  double work() const;
  Summary tokensPerSecond() const;
  /// Work a second.
  Summary rate() const;
  /// The rate as a fraction of the limit: the median of the fractions of each round.
  Summary fraction() const;
};

struct Results {
  std::string model, cpu, weights, cache; ///< names; storage types
  std::int64_t rounds = 0, chunk = 0;
  std::int64_t kernels = 0, intermediateBytes = 0; ///< of a decode step
  double cacheBytes = 0; ///< the last-level cache of the machine; 0 if not known
  bool interrupted = false;
  std::vector<Measurement> measurements;
};

} // namespace cria::bench
