//===- Results.cpp - Results of a study -----------------------------------===//
#include "study/Results.h"
#include "llvm/ADT/STLExtras.h"

namespace cria::study {

const SetResult *Results::find(llvm::ArrayRef<llvm::StringRef> on) const {
  auto found = llvm::find_if(
      sets, [&](const SetResult &result) { return on == llvm::ArrayRef(result.set.on); });
  return found == sets.end() ? nullptr : &*found;
}

const SetResult *Results::all() const {
  auto found =
      llvm::find_if(sets, [](const SetResult &result) { return result.set.kind == SetKind::all; });
  return found == sets.end() ? nullptr : &*found;
}

measure::Summary speed(const Results &results, const SetResult &set, std::size_t point) {
  std::vector<double> rates;
  for (double seconds : set.timings[point].seconds)
    rates.push_back(double(results.points[point].tokens) / seconds);
  return measure::summarise(rates);
}

measure::Summary speedup(const SetResult &set, const SetResult &than, std::size_t point) {
  return measure::summarise(
      measure::ratios(than.timings[point].seconds, set.timings[point].seconds));
}

} // namespace cria::study
