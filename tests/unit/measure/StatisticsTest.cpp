//===- StatisticsTest.cpp - Medians, quartiles, ratios --------------------===//
#include "measure/Statistics.h"
#include "catch2/catch.hpp"
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

using namespace cria::measure;

TEST_CASE("a summary is the median and half the interquartile range") {
  Summary odd = summarise({5, 1, 4, 2, 3}); // quartiles 2 and 4
  CHECK(odd.count == 5);
  CHECK(odd.median == 3);
  CHECK(odd.deviation == 1);
  CHECK(odd.spread() == Approx(1.0 / 3));

  Summary even = summarise({4, 1, 3, 2}); // quartiles 1.75 and 3.25, between neighbours
  CHECK(even.median == 2.5);
  CHECK(even.deviation == 0.75);
}

TEST_CASE("one disturbed run affects neither median nor deviation") {
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

TEST_CASE("ratios cover the rounds that both have") {
  CHECK(ratios({6, 8}, {2, 4}) == std::vector<double>{3, 2});
  CHECK(ratios({6, 8, 10}, {2}) == std::vector<double>{3});
  CHECK(ratios({}, {2, 4}).empty());
}

TEST_CASE("the confidence interval of the median, for any distribution") {
  auto firstTo = [](int count) {
    std::vector<double> samples(std::size_t(count), 0);
    std::iota(samples.begin(), samples.end(), 1);
    return summarise(samples);
  };
  // All of 10 are on one side with 2 * 2^-10 = 1/512, all of 11 with 1/1024.
  CHECK(firstTo(10).low == -Summary::infinity);
  CHECK(firstTo(10).high == Summary::infinity);
  CHECK(firstTo(11).low == 1);
  CHECK(firstTo(11).high == 11);
  // Of 20, all but two: 2 * (1 + 20 + 190) / 2^20 = 1/2485, but 1/388 with a third.
  CHECK(firstTo(20).low == 3);
  CHECK(firstTo(20).high == 18);
  CHECK(summarise({}).low == -Summary::infinity);
  // Of many, 3.29 deviations of the binomial on either side: 3.29 * sqrt(5000) / 2 = 116.
  CHECK(firstTo(5000).low == Approx(2500 - 116).margin(2));
  CHECK(firstTo(5000).high == Approx(2500 + 116).margin(2));
}

TEST_CASE("each round has its own order") {
  CHECK(orderOf(0, 0).empty());
  CHECK(orderOf(-1, 1) == std::vector<std::size_t>{0});
  std::set<std::vector<std::size_t>> seen;
  for (std::int64_t round = -1; round < 20; ++round) {
    auto order = orderOf(round, 18);
    seen.insert(order);
    std::sort(order.begin(), order.end());
    for (std::size_t i = 0; i < 18; ++i)
      CHECK(order[i] == i);
  }
  CHECK(seen.size() == 21);
}
