//===- LineDiffTest.cpp - Two texts line by line --------------------------===//
#include "report/LineDiff.h"
#include "catch2/catch.hpp"
#include <random>

using namespace cria::report;
using Lines = std::vector<std::string>;
using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

TEST_CASE("numbers of values and indentation do not count") {
  CHECK(withoutNumbers("    %12:2 = op %3, %arg0 : i64") == "%:2 = op %, %arg0 : i64");
  CHECK(withoutNumbers("") == "");
}

TEST_CASE("a line that moved is matched once") {
  CHECK(sameLines(Lines{"a", "b", "c"}, Lines{"a", "x", "c"}) == Pairs{{0, 0}, {2, 2}});
  CHECK(sameLines(Lines{"a", "b"}, Lines{"b", "a"}).size() == 1);
  CHECK(sameLines(Lines{}, Lines{"a"}).empty());
}

TEST_CASE("pairs are equal lines, in order in both texts") {
  std::mt19937 random(7);
  for (int i = 0; i < 300; ++i) {
    auto draw = [&] {
      Lines lines;
      for (unsigned count = random() % 40; count-- > 0;)
        lines.push_back(std::to_string(random() % 12));
      return lines;
    };
    Lines a = draw(), b = draw();
    std::size_t nextA = 0, nextB = 0;
    for (auto [inA, inB] : sameLines(a, b)) {
      REQUIRE(a[inA] == b[inB]);
      REQUIRE(inA >= nextA);
      REQUIRE(inB >= nextB);
      nextA = inA + 1;
      nextB = inB + 1;
    }
    CHECK(sameLines(a, a).size() == a.size());
  }
}
