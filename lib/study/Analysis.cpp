//===- Analysis.cpp - The cost of leaving one fusion out ------------------===//
#include "study/Analysis.h"
#include "llvm/Support/ErrorHandling.h"
#include <cmath>

namespace cria::study {
namespace {

/// A step that uses this fraction of the bandwidth or more is bound by memory.
constexpr double bandwidthBound = 0.7;
/// Greatest difference between measured and predicted gain, as a fraction of the latter.
constexpr double tolerance = 0.25;

Verdict judge(const LeftOut &row, const Results &results, const Timing &all, double bandwidth) {
  if (row.measured.count == 0 || std::isnan(row.predicted))
    return Verdict::unknown;
  double off = std::abs(row.gain() - row.predicted);
  if (off <= tolerance * std::abs(row.predicted))
    return Verdict::agrees;
  if (row.measured.low <= 1 + row.predicted && 1 + row.predicted <= row.measured.high)
    return Verdict::withinSpread;
  const Point &point = results.points[row.point];
  double perStep = double(all.cost.bytes()) / double(point.steps());
  if (perStep < double(results.cacheBytes))
    return Verdict::inCache;
  if (row.gain() > row.predicted)
    return Verdict::moreThanBytes;
  double rate = double(all.cost.bytes()) / measure::summarise(all.seconds).median;
  return rate < bandwidthBound * bandwidth ? Verdict::boundByCompute : Verdict::differs;
}

} // namespace

const char *text(Verdict verdict) {
  switch (verdict) {
  case Verdict::agrees:
    return "agrees";
  case Verdict::withinSpread:
    return "within spread";
  case Verdict::inCache:
    return "in cache";
  case Verdict::moreThanBytes:
    return "more than bytes";
  case Verdict::boundByCompute:
    return "bound by compute";
  case Verdict::differs:
    return "differs";
  case Verdict::unknown:
    return "-";
  }
  llvm_unreachable("unknown verdict");
}

std::vector<LeftOut> leftOut(const Results &results) {
  std::vector<LeftOut> rows;
  const SetResult *all = results.all();
  if (!all)
    return rows;
  for (std::size_t point = 0; point < results.points.size(); ++point) {
    const Timing &with = all->timings[point];
    double bandwidth = measure::summarise(results.bandwidth[point]).median;
    for (llvm::StringRef fusion : all->set.on) {
      auto rest = all->set.on;
      llvm::erase(rest, fusion);
      const SetResult *without = results.find(rest);
      if (!without)
        continue;
      LeftOut row{fusion.str(),
                  point,
                  without->timings[point].cost.bytes() - with.cost.bytes(),
                  0,
                  speedup(*all, *without, point),
                  Verdict::unknown};
      row.predicted = double(row.bytesSaved) / bandwidth / measure::summarise(with.seconds).median;
      row.verdict = judge(row, results, with, bandwidth);
      rows.push_back(row);
    }
  }
  return rows;
}

const SetResult *fasterThanAll(const Results &results, std::size_t point) {
  const SetResult *all = results.all(), *best = nullptr;
  double most = 1;
  for (const SetResult &set : results.sets) {
    if (!all || &set == all)
      continue;
    measure::Summary against = speedup(set, *all, point);
    if (against.low > 1 && against.median > most) {
      most = against.median;
      best = &set;
    }
  }
  return best;
}

} // namespace cria::study
