//===- SizeTest.cpp - Size of IR and time of compilation ------------------===//
#include "Machines.h"
#include "catch2/catch.hpp"
#include "driver/ModuleSteps.h"
#include "measure/CompiledModel.h"
#include "passes/Phases.h"
#include "passes/fuse/Fusions.h"
#include <algorithm>
#include <ctime>
#include <map>

using namespace cria;

namespace {

/// A model of a billion parameters, of which only shapes matter here.
driver::Options billion() {
  driver::Options options = test::optionsFor("llama3.2-1b");
  options.plan.weights = spec::DType::bf16;
  options.randomSeed = 1;
  return options;
}

/// Lines of IR after each phase through `buffers`.
std::map<std::string, std::int64_t> linesAfterPhases(const test::Machine &machine) {
  driver::Options options = billion();
  driver::Source source = driver::loadSource(options);
  driver::Target target = test::targetOf(machine);
  driver::Lowering lowering(options, source, target);
  std::map<std::string, std::int64_t> lines;
  for (const Phase &phase : phases()) {
    if (phase.name == "cpu")
      break;
    lowering.run(selectFusions("", ""), phase.name);
    std::string text = driver::print(lowering.module()).text;
    lines[phase.name.str()] = std::ranges::count(text, '\n');
  }
  return lines;
}

/// Of the processor: other programs do not count.
double secondsOf(auto &&work) {
  std::clock_t begin = std::clock();
  work();
  return double(std::clock() - begin) / CLOCKS_PER_SEC;
}

/// A second of work on a CPU of 2021, to measure compilation by.
double fixedWork() {
  return secondsOf([] {
    std::vector<std::uint64_t> numbers(10'000'000);
    std::uint64_t state = 1;
    for (std::uint64_t &number : numbers)
      number = state = state * 6364136223846793005 + 1442695040888963407;
    std::ranges::sort(numbers);
    REQUIRE(numbers.front() < numbers.back());
  });
}

double compileSeconds(const test::Machine &machine) {
  driver::Options options = billion();
  driver::Source source = driver::loadSource(options);
  driver::Target target = test::targetOf(machine);
  return secondsOf([&] { measure::CompiledModel(options, source, target, selectFusions("", "")); });
}

} // namespace

TEST_CASE("IR is as small for every machine") {
  for (const test::Machine &machine : test::machines()) {
    auto lines = linesAfterPhases(machine);
    INFO(machine.name);
    for (auto [phase, count] : lines) {
      INFO(phase << ": " << count << " lines");
      CHECK(count > 50);
      CHECK(count < 6000);
    }
  }
}

TEST_CASE("compilation takes about as long for every machine") {
  double fastest = INFINITY, slowest = 0;
  for (const test::Machine &machine : test::machines()) {
    double seconds = compileSeconds(machine), work = fixedWork();
    INFO(machine.name << ": " << seconds << " s; fixed work " << work << " s");
    CHECK(seconds < 10 * work);
    fastest = std::min(fastest, seconds / work);
    slowest = std::max(slowest, seconds / work);
  }
  INFO("in units of the fixed work: " << fastest << " to " << slowest);
  CHECK(slowest < 5 * fastest);
}
