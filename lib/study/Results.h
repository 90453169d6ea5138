//===- Results.h - What a study finds ---------------------------*- C++ -*-===//
#pragma once
#include "dialect/base/Cost.h"
#include "measure/Point.h"
#include "measure/Statistics.h"
#include "study/Answers.h"
#include "study/Sets.h"

namespace cria::study {

using measure::Entry;
using measure::Point;

/// One set at one point.
struct Timing {
  Cost cost;                   ///< of all tokens, by the cost model
  std::vector<double> seconds; ///< by round, for all tokens
};

struct SetResult {
  FusionSet set;
  std::int64_t kernels = 0;           ///< of a decode step
  std::int64_t intermediateBytes = 0; ///< of a decode step
  double compileSeconds = 0;
  std::optional<Answers> error;
  std::vector<Timing> timings; ///< by point
};

/// Where the greatest error is taken from.
enum class Truth { reference, unfused };

struct Results {
  std::string model, cpu, weights, cache; ///< names; storage types
  std::int64_t threads = 0, rounds = 0, chunk = 0;
  std::int64_t cacheBytes = 0; ///< the last-level cache of the machine; 0 if not known
  Truth truth = Truth::reference;
  bool interrupted = false;
  std::vector<Point> points;
  std::vector<std::vector<double>> bandwidth; ///< by point and round, bytes a second
  std::vector<SetResult> sets;

  /// The set that has exactly these fusions on; null if there is none.
  const SetResult *find(llvm::ArrayRef<llvm::StringRef> on) const;
  const SetResult *none() const { return find({}); }
  const SetResult *all() const;
};

/// Tokens a second of a set at a point.
measure::Summary speed(const Results &results, const SetResult &set, std::size_t point);
/// How many times as fast as `than` a set is: the median of the ratios of each round.
measure::Summary speedup(const SetResult &set, const SetResult &than, std::size_t point);

} // namespace cria::study
