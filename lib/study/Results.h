//===- Results.h - Results of a study ---------------------------*- C++ -*-===//
#pragma once
#include "dialect/base/Cost.h"
#include "driver/FusionSets.h"
#include "measure/Point.h"
#include "measure/Statistics.h"
#include "study/Answers.h"

namespace cria::study {

using driver::FusionSet;
using driver::SetKind;
using measure::Entry;
using measure::Point;

/// One set at one point.
struct Timing {
  Cost cost;                   ///< predicted by the cost model, for all tokens
  std::vector<double> seconds; ///< per round, for all tokens
};

struct SetResult {
  FusionSet set;
  std::int64_t kernels = 0;           ///< of a decode step
  std::int64_t intermediateBytes = 0; ///< of a decode step
  double compileSeconds = 0;
  std::optional<Answers> error;
  std::vector<Timing> timings; ///< per point
};

/// What logits are compared with.
enum class Truth { reference, unfused };

struct Results {
  std::string model, cpu, weights, cache; ///< names; storage types
  std::int64_t threads = 0, rounds = 0, chunk = 0;
  std::int64_t cacheBytes = 0; ///< size of the last-level cache; 0 if unknown
  Truth truth = Truth::reference;
  bool interrupted = false;
  std::vector<Point> points;
  std::vector<std::vector<double>> bandwidth; ///< per point and round, bytes per second
  std::vector<SetResult> sets;

  /// The set with exactly these fusions on; null if there is none.
  const SetResult *find(llvm::ArrayRef<llvm::StringRef> on) const;
  const SetResult *none() const { return find({}); }
  const SetResult *all() const;
  /// Whether anything ran; otherwise sets are counted only.
  bool timed() const { return rounds > 0; }
};

/// Tokens per second of a set at a point.
measure::Summary speed(const Results &results, const SetResult &set, std::size_t point);
/// Speed of `set` relative to `than`: the median of the per-round ratios.
measure::Summary speedup(const SetResult &set, const SetResult &than, std::size_t point);

} // namespace cria::study
