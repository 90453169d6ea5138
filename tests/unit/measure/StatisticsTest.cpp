//===- StatisticsTest.cpp - Medians, quartiles, ratios --------------------===//
#include "measure/Statistics.h"
#include "catch2/catch.hpp"
#include <cmath>

using namespace cria::measure;

TEST_CASE("a summary is the median and half the distance of the quartiles") {
  Summary odd = summarise({5, 1, 4, 2, 3}); // quartiles 2 and 4
  CHECK(odd.count == 5);
  CHECK(odd.median == 3);
  CHECK(odd.deviation == 1);
  CHECK(odd.spread() == Approx(1.0 / 3));

  Summary even = summarise({4, 1, 3, 2}); // quartiles 1.75 and 3.25, between neighbours
  CHECK(even.median == 2.5);
  CHECK(even.deviation == 0.75);
}

TEST_CASE("one disturbed run moves neither median nor deviation") {
  Summary calm = summarise({1, 2, 3, 4, 5}), disturbed = summarise({1, 2, 3, 4, 1e9});
  CHECK(disturbed.median == calm.median);
  CHECK(disturbed.deviation == calm.deviation);
}

TEST_CASE("a summary of one sample or none") {
  Summary one = summarise({7});
  CHECK(one.count == 1);
  CHECK(one.median == 7);
  CHECK(one.deviation == 0);

  Summary none = summarise({});
  CHECK(none.count == 0);
  CHECK(std::isnan(none.median));
}

TEST_CASE("ratios are those of rounds that both have") {
  CHECK(ratios({6, 8}, {2, 4}) == std::vector<double>{3, 2});
  CHECK(ratios({6, 8, 10}, {2}) == std::vector<double>{3});
  CHECK(ratios({}, {2, 4}).empty());
}
