//===- Results.h - Results of a benchmark -----------------------*- C++ -*-===//
#pragma once
#include "dialect/base/Cost.h"
#include "measure/Point.h"
#include "measure/Statistics.h"
#include "runtime/cli/KernelTable.h"
#include <string>
#include <vector>

namespace cria::bench {

using measure::Entry;
using measure::Point;
using measure::Summary;

/// A model at one point, beside the hardware limit on the same number of threads: read bandwidth
/// for decode, the peak of a multiplying unit for prefill. That of a GPU is not known.
struct Measurement {
  int threads = 0; ///< 0: on a GPU
  Point point;
  Cost cost;                   ///< predicted by the cost model, for all tokens
  std::vector<double> seconds; ///< per round, for all tokens
  std::vector<double> limit;   ///< per round, measured just before: bytes or FLOP per second
  /// With --kernels: the totals of all rounds, and the other limit, measured once per round.
  std::vector<rt::KernelProfile::Entry> kernels = {};
  std::vector<double> otherLimit = {};

  bool isOnGpu() const { return threads == 0; }
  /// Bytes moved (decode) or floating-point operations (prefill).
  double work() const;
  Summary tokensPerSecond() const;
  /// Of memory and of the unit; with --kernels only.
  rt::KernelLimits limits() const;
  /// Work per second.
  Summary rate() const;
  /// The rate as a fraction of the limit: the median of the per-round fractions.
  Summary fraction() const;
};

struct Results {
  std::string model, cpu, weights, cache; ///< names, of a CPU or a GPU; storage types
  std::string schedule;                   ///< a file, or empty: chosen
  std::string unit;                       ///< that limits prefill: fma, dot_bf16, ...; or empty
  std::int64_t rounds = 0, chunk = 0;
  std::int64_t kernels = 0, intermediateBytes = 0; ///< of a decode step
  double cacheBytes = 0;                           ///< size of the last-level cache; 0 if unknown
  bool interrupted = false;
  std::vector<Measurement> measurements;
};

} // namespace cria::bench
