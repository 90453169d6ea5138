//===- Analysis.h - The cost of leaving one fusion out ----------*- C++ -*-===//
#pragma once
#include "study/Results.h"

namespace cria::study {

/// A measured gain compared with the gain predicted from the bytes saved.
enum class Verdict {
  agrees,         ///< within a quarter of the prediction
  withinSpread,   ///< the confidence interval of the measurement contains the prediction
  inCache,        ///< a step moves less than the cache holds, so memory does not limit it
  moreThanBytes,  ///< greater than predicted: the fusion saves work besides memory traffic
  boundByCompute, ///< a step does not use the bandwidth, so saving bytes saves little time
  differs,        ///< none of the above
  unknown,        ///< not measured
};
const char *text(Verdict verdict);

/// The contribution of one fusion when all others are on, at one point.
struct LeftOut {
  std::string fusion;
  std::size_t point;
  std::int64_t bytesSaved;   ///< of all tokens of the point
  double predicted;          ///< gain in speed if time followed bytes alone, as a fraction
  measure::Summary measured; ///< time without it over time with it; 1 is no gain
  Verdict verdict;

  double gain() const { return measured.median - 1; }
};

/// One row per point and left-out fusion.
std::vector<LeftOut> leftOut(const Results &results);

/// The set that is fastest at `point` among those significantly faster than all fusions together
/// (see measure::Summary); null if there is none.
const SetResult *fasterThanAll(const Results &results, std::size_t point);

} // namespace cria::study
