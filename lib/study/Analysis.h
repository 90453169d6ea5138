//===- Analysis.h - What leaving a fusion out costs -------------*- C++ -*-===//
#pragma once
#include "study/Results.h"

namespace cria::study {

/// How a measured gain stands to the one that the bytes saved let expect.
enum class Verdict {
  agrees,         ///< within a quarter of it
  withinSpread,   ///< the rounds leave both it and the measured one open
  inCache,        ///< a step reads less than the cache holds: memory is not what it waits for
  moreThanBytes,  ///< it is greater: less is done, too, not only less read and written
  boundByCompute, ///< a step does not use the bandwidth, so saving bytes saves no time
  differs,
  unknown, ///< not measured
};
const char *text(Verdict verdict);

/// What one fusion brings when all others are made, at one point.
struct LeftOut {
  std::string fusion;
  std::size_t point;
  std::int64_t bytesSaved;   ///< of all tokens of the point
  double predicted;          ///< gain in speed if only those bytes count, as a fraction
  measure::Summary measured; ///< time without it over time with it; 1 is no gain
  Verdict verdict;

  double gain() const { return measured.median - 1; }
};

/// For each point, each fusion that was left out.
std::vector<LeftOut> leftOut(const Results &results);

/// Whether another set is faster at `point` than all fusions together, by more than the spread.
/// Null if not.
const SetResult *fasterThanAll(const Results &results, std::size_t point);

} // namespace cria::study
