//===- ResultsTest.cpp - Rates and fractions of limits --------------------===//
#include "bench/Report.h"
#include "catch2/catch.hpp"
#include <cmath>

using namespace cria;
using namespace cria::bench;
using Catch::Matchers::Contains;

namespace {

const Cost cost{900, 100, 5000};

} // namespace

TEST_CASE("decode is measured in bytes moved, prefill in operations done") {
  Measurement decode{2, {Entry::decode, 0, 10}, cost, {2, 2, 2}, {1000, 1000, 1000}, {}, {}};
  CHECK(decode.tokensPerSecond().median == 5);
  CHECK(decode.rate().median == 500);
  CHECK(decode.fraction().median == 0.5);

  Measurement prefill{2, {Entry::prefill, 0, 10}, cost, {2, 2, 2}, {10000, 10000, 10000}, {}, {}};
  CHECK(prefill.rate().median == 2500);
  CHECK(prefill.fraction().median == 0.25);
}

TEST_CASE("fractions are per round: drift of the machine affects both sides") {
  Measurement drifting{1, {Entry::decode, 0, 1}, cost, {1, 2, 4}, {2000, 1000, 500}, {}, {}};
  CHECK(drifting.fraction().median == 0.5);
  CHECK(drifting.fraction().deviation == 0);
  CHECK(drifting.rate().deviation > 0);
}

TEST_CASE("limits of kernels are those of the step, whichever it is measured against") {
  Measurement decode{1, {Entry::decode, 0, 1}, cost, {1}, {20}, {}, {300}};
  CHECK(decode.limits().bytes == 20);
  CHECK(decode.limits().flops == 300);
  Measurement prefill{1, {Entry::prefill, 0, 1}, cost, {1}, {300}, {}, {20}};
  CHECK(prefill.limits().bytes == 20);
  CHECK(prefill.limits().flops == 300);
  CHECK_FALSE(Measurement{1, {Entry::decode, 0, 1}, cost, {1}, {20}, {}, {}}.limits().known());
}

TEST_CASE("a GPU has a bandwidth, but no threads and no peak") {
  Measurement decode{0, {Entry::decode, 0, 1}, cost, {1}, {2000}, {}, {}};
  CHECK(decode.fraction().median == 0.5);
  CHECK(decode.limits().fraction({1000, 1e9}, 1) == 0.5);
  Measurement prefill{0, {Entry::prefill, 0, 1}, cost, {1}, {}, {}, {2000}};
  CHECK(std::isnan(prefill.fraction().median));
  CHECK(prefill.limits().fraction({1000, 1e9}, 1) == 0.5);
  CHECK(prefill.limits().isReading({1, 1e9}));
  Results results;
  results.measurements = {decode, prefill};
  CHECK_THAT(toText(results), Contains("50.0%") && !Contains("nan") && !Contains("against"));
}

TEST_CASE("interrupted results say so, and have dashes and nulls") {
  Results results;
  results.model = "tiny";
  results.interrupted = true;
  results.measurements = {{1, {Entry::decode, 0, 10}, cost, {}, {}, {}, {}},
                          {1, {Entry::prefill, 0, 10}, cost, {}, {}, {}, {}}};
  CHECK(std::isnan(results.measurements[0].fraction().median));
  CHECK_THAT(toText(results), Contains("(interrupted)") && !Contains("nan"));
  CHECK_THAT(toJson(results), Contains("\"interrupted\": true") && Contains("\"fraction\": null"));
}
