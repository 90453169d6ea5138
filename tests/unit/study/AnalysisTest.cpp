//===- AnalysisTest.cpp - Predicted and measured gains --------------------===//
#include "study/Analysis.h"
#include "catch2/catch.hpp"
#include <cmath>

using namespace cria;
using namespace cria::study;

namespace {

constexpr std::size_t none = 0, onlyNorm = 1, onlySwiglu = 2, all = 3;

/// Enough rounds for a confidence interval: all equal, or spread over a range.
std::vector<double> rounds(double least, double greatest) {
  std::vector<double> samples;
  for (int i = 0; i <= 10; ++i)
    samples.push_back(least + (greatest - least) * i / 10);
  return samples;
}
std::vector<double> rounds(double seconds) { return rounds(seconds, seconds); }

/// Two fusions at one point, with a bandwidth of 1000 bytes per second. With both, 10000 bytes take
/// 10 seconds. Each saves 2000 bytes, which predicts a gain of 20%, and that is what is measured.
Results example() {
  Results results;
  results.points = {{Entry::decode, 0, 10}};
  results.bandwidth = {rounds(1000)};
  for (const FusionSet &set : driver::setsOf("norm-into-linear,swiglu-into-linear")) {
    SetResult result;
    result.set = set;
    result.timings = {{Cost{12000, 0, 0}, rounds(12)}};
    results.sets.push_back(result);
  }
  results.sets[none].timings[0] = {Cost{14000, 0, 0}, rounds(14)};
  results.sets[all].timings[0] = {Cost{9000, 1000, 0}, rounds(10)};
  return results;
}

/// The set without norm-into-linear, in which only swiglu-into-linear is on.
LeftOut normLeftOut(const Results &results) {
  auto rows = leftOut(results);
  REQUIRE(rows.size() == 2);
  REQUIRE(rows[0].fusion == "norm-into-linear");
  REQUIRE(rows[1].fusion == "swiglu-into-linear");
  return rows[0];
}

Verdict verdictFor(std::vector<double> secondsWithout, Results results = example()) {
  results.sets[onlySwiglu].timings[0].seconds = std::move(secondsWithout);
  return normLeftOut(results).verdict;
}

} // namespace

TEST_CASE("a gain is predicted from bytes and bandwidth, and measured per round") {
  LeftOut row = normLeftOut(example());
  CHECK(row.point == 0);
  CHECK(row.bytesSaved == 2000);
  CHECK(row.predicted == Approx(0.2));
  CHECK(row.gain() == Approx(0.2));
  CHECK(row.measured.count == 11);
  CHECK(row.verdict == Verdict::agrees);
}

TEST_CASE("a measured gain agrees if it is within a quarter of the prediction") {
  CHECK(verdictFor(rounds(11.51)) == Verdict::agrees);
  CHECK(verdictFor(rounds(12.49)) == Verdict::agrees);
  CHECK(verdictFor(rounds(11.49)) == Verdict::differs);
  CHECK(verdictFor(rounds(12.51)) == Verdict::moreThanBytes);
}

TEST_CASE("an inconclusive gain is within the spread") {
  CHECK(verdictFor(rounds(9, 13)) == Verdict::withinSpread); // 10% ± 10%
  CHECK(verdictFor(rounds(10.9, 11.1)) == Verdict::differs);
  CHECK(verdictFor({11, 11, 11}) == Verdict::withinSpread); // too few to know
}

TEST_CASE("a step that fits in the cache is not bound by memory") {
  Results results = example(); // 1000 bytes per token
  results.cacheBytes = 1001;
  CHECK(verdictFor(rounds(11), results) == Verdict::inCache);
  results.cacheBytes = 1000;
  CHECK(verdictFor(rounds(11), results) == Verdict::differs);
}

TEST_CASE("saving bytes does not help a step that is bound by compute") {
  Results results = example();
  results.bandwidth = {rounds(1500)}; // a step uses 67% of it; the prediction is 13%
  CHECK(verdictFor(rounds(10.2), results) == Verdict::boundByCompute);
  results.bandwidth = {rounds(1400)}; // 71%
  CHECK(verdictFor(rounds(10.2), results) == Verdict::differs);
}

TEST_CASE("an interrupted study has no verdicts") {
  CHECK(verdictFor({}) == Verdict::unknown);
  Results results = example();
  results.bandwidth = {{}};
  CHECK(verdictFor(rounds(12), results) == Verdict::unknown);
  results = example();
  results.sets.pop_back();
  CHECK(leftOut(results).empty());
  results = example();
  results.sets.erase(results.sets.begin() + onlyNorm);
  CHECK(leftOut(results).size() == 1);
}

TEST_CASE("each of two points has its own rows") {
  Results results = example();
  results.points.push_back({Entry::prefill, 0, 64});
  results.bandwidth.push_back(rounds(1000));
  for (SetResult &set : results.sets)
    set.timings.push_back({Cost{10000, 0, 0}, rounds(10)});
  auto rows = leftOut(results);
  REQUIRE(rows.size() == 4);
  CHECK(rows[2].point == 1);
  CHECK(rows[2].bytesSaved == 0);
  CHECK(rows[2].gain() == 0);
}

TEST_CASE("speeds are per round") {
  Results results = example();
  results.sets[all].timings[0].seconds = {5, 10, 20};
  results.sets[none].timings[0].seconds = {10, 20, 80};
  CHECK(speed(results, results.sets[all], 0).median == 1);
  CHECK(speedup(results.sets[all], results.sets[none], 0).median == 2);
}

TEST_CASE("a set counts as faster than all fusions only beyond the spread of the rounds") {
  Results results = example();
  CHECK(fasterThanAll(results, 0) == nullptr);
  results.sets[onlyNorm].timings[0].seconds = rounds(8, 11.8); // 1% faster, with a spread of 20%
  CHECK(fasterThanAll(results, 0) == nullptr);
  results.sets[onlyNorm].timings[0].seconds = {9, 9}; // too few to know
  CHECK(fasterThanAll(results, 0) == nullptr);
  results.sets[onlyNorm].timings[0].seconds = rounds(9);
  CHECK(fasterThanAll(results, 0) == &results.sets[onlyNorm]);
  results.sets[none].timings[0].seconds = rounds(8);
  CHECK(fasterThanAll(results, 0) == &results.sets[none]);
}
