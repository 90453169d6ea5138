//===- FusionSetsTest.cpp - The sets of fusions that are compared ---------===//
#include "driver/FusionSets.h"
#include "catch2/catch.hpp"
#include "support/Error.h"
#include <set>

using namespace cria;
using namespace cria::driver;

namespace {

std::vector<std::string> namesOf(const std::vector<FusionSet> &sets) {
  std::vector<std::string> names;
  for (const FusionSet &set : sets)
    names.push_back(set.name());
  return names;
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("three fusions: none, each alone, each left out, all") {
  auto sets = setsOf("swiglu-into-linear,norm-into-linear,online-softmax");
  CHECK(namesOf(sets) == Names{"none", "only norm-into-linear", "only online-softmax",
                               "only swiglu-into-linear", "without norm-into-linear",
                               "without online-softmax", "without swiglu-into-linear", "all"});
  CHECK(sets[0].on.empty());
  CHECK(sets[2].on == std::vector<llvm::StringRef>{"online-softmax"});
  CHECK(sets[4].on == std::vector<llvm::StringRef>{"online-softmax", "swiglu-into-linear"});
  CHECK(sets[7].on ==
        std::vector<llvm::StringRef>{"norm-into-linear", "online-softmax", "swiglu-into-linear"});
}

TEST_CASE("with two fusions, leaving one out is the other alone, listed once") {
  CHECK(namesOf(setsOf("norm-into-linear,swiglu-into-linear")) ==
        Names{"none", "only norm-into-linear", "only swiglu-into-linear", "all"});
}

TEST_CASE("a single fusion is all, and leaving it out is none") {
  CHECK(namesOf(setsOf("norm-into-linear")) == Names{"none", "all"});
}

TEST_CASE("schedules are compared with all fusions on, after the sets of fusions") {
  auto sets = setsOf("norm-into-linear", std::vector<std::string>{"wide", "narrow"});
  CHECK(namesOf(sets) == Names{"none", "all", "schedule wide", "schedule narrow"});
  CHECK(sets[2].on == sets[1].on);
  CHECK(sets[2].schedule == "wide");
  CHECK(namesOf(setsOf("none", std::vector<std::string>{"wide"})) ==
        Names{"none", "schedule wide"});
}

TEST_CASE("without fusions there is one set") { CHECK(namesOf(setsOf("none")) == Names{"none"}); }

TEST_CASE("all fusions: two sets per fusion plus two, all distinct") {
  for (const char *list : {"", "all"}) {
    auto sets = setsOf(list);
    CHECK(sets.size() == 2 * fusions().size() + 2);
    CHECK(sets.front().kind == SetKind::none);
    CHECK(sets.back().kind == SetKind::all);
    CHECK(sets.back().on.size() == fusions().size());
    std::set<std::vector<llvm::StringRef>> different;
    for (const FusionSet &set : sets)
      different.insert(set.on);
    CHECK(different.size() == sets.size());
  }
}

TEST_CASE("unknown fusions are refused") {
  CHECK_THROWS_AS(setsOf("norm-into-liner"), cria::Error);
}
