//===- Csv.cpp - A study as comma-separated values ------------------------===//
#include "study/Report.h"
#include <cmath>
#include <fmt/format.h>

namespace cria::study {
namespace {

/// Empty for NaN.
std::string cell(double value) { return std::isnan(value) ? "" : fmt::format("{:.6g}", value); }

} // namespace

std::string toCsv(const Results &results) {
  std::string text =
      "set,schedule,entry,context,tokens,kernels,intermediate_bytes,compile_seconds,error,"
      "error_against,bytes,flops,tokens_per_second,spread,vs_none,vs_none_spread,"
      "rounds\n";
  const char *against = !results.timed()                    ? ""
                        : results.truth == Truth::reference ? "reference"
                                                            : "none";
  for (const SetResult &result : results.sets)
    for (std::size_t at = 0; at < results.points.size(); ++at) {
      const Point &point = results.points[at];
      const Timing &timing = result.timings[at];
      measure::Summary rate = speed(results, result, at);
      measure::Summary ratio = speedup(result, *results.none(), at);
      double error = result.error ? result.error->greatest() : NAN;
      text += fmt::format(
          "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", result.set.name(),
          result.set.schedule, point.entryName(), point.context, point.tokens, result.kernels,
          result.intermediateBytes, results.timed() ? cell(result.compileSeconds) : "", cell(error),
          against, timing.cost.bytes(), timing.cost.flops, cell(rate.median), cell(rate.spread()),
          cell(ratio.median), cell(ratio.spread()), rate.count);
    }
  return text;
}

} // namespace cria::study
