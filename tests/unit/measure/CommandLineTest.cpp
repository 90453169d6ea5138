//===- CommandLineTest.cpp - Lists of numbers, and contexts that fit ------===//
#include "measure/CommandLine.h"
#include "catch2/catch.hpp"

using namespace cria;
using namespace cria::measure;
using Catch::Matchers::Equals;

namespace {

std::vector<std::int64_t> listed(const char *text) { return integers({"--context", text}, 0, 100); }

} // namespace

TEST_CASE("a list of numbers") {
  CHECK(listed("7") == std::vector<std::int64_t>{7});
  CHECK(listed("0,100,3") == std::vector<std::int64_t>{0, 100, 3});
}

TEST_CASE("lists with a malformed or out-of-range number are refused") {
  for (const char *bad : {"", ",", "1,", ",1", "1,,2", "1, 2", "x", "1;2", "101", "1,-1"}) {
    INFO(bad);
    CHECK_THROWS_AS(listed(bad), UsageError);
  }
}

TEST_CASE("default contexts are 0, and 2048 if it fits") {
  measure::Options options;
  CHECK(chooseContexts(options, 16, 2048 + 15) == std::vector<std::int64_t>{0});
  CHECK(chooseContexts(options, 16, 2048 + 16) == std::vector<std::int64_t>{0, 2048});
  CHECK_THROWS_WITH(
      chooseContexts(options, 65, 64),
      Equals("--context: 0 tokens and 65 more exceed the session\'s capacity of 64 tokens"));
}

TEST_CASE("contexts given by the user are used, or refused") {
  measure::Options options;
  options.contexts = {48, 7};
  CHECK(chooseContexts(options, 16, 64) == options.contexts);
  CHECK_THROWS_WITH(
      chooseContexts(options, 17, 64),
      Equals("--context: 48 tokens and 17 more exceed the session\'s capacity of 64 tokens"));
}

TEST_CASE("caches grow as far as the model and the user allow") {
  driver::Options options;
  driver::Source source;
  source.model.max_context = 100;
  source.plan.max_seq = 40;
  ensureCapacity(source, options, 30);
  CHECK(source.plan.max_seq == 40);
  ensureCapacity(source, options, 60);
  CHECK(source.plan.max_seq == 60);
  ensureCapacity(source, options, 101);
  CHECK(source.plan.max_seq == 100);
  options.plan.max_seq = source.plan.max_seq = 40;
  ensureCapacity(source, options, 41);
  CHECK(source.plan.max_seq == 40);
}

TEST_CASE("a model without weights cannot run") {
  driver::Options options;
  options.model = "stories";
  CHECK_THROWS_WITH(loadRunnable(options),
                    Equals("stories: a preset or spec has no weights; use --random-weights=1"));
  options.randomSeed = 1;
  CHECK(loadRunnable(options).model.name == "stories");
}
