//===- LimitsTest.cpp - Limits as text and as JSON ------------------------===//
#include "bench/Limits.h"
#include "catch2/catch.hpp"
#include "llvm/Support/JSON.h"

using namespace cria;
using namespace cria::bench;
using Catch::Matchers::Contains;

namespace {

/// Two rounds on one thread: way i reads i + 1 GB/s in the first, one more in the second.
Limits example() {
  Limits limits;
  limits.cpu = "some-cpu";
  limits.bufferBytes = 1 << 20;
  limits.rounds = 2;
  limits.units = {{"fma", measure::Operand::f32, llvm::Triple::UnknownArch, "",
                   llvm::Intrinsic::fmuladd, 256, 2}};
  ThreadLimits found{1, {}, {}, {{100e9, 102e9}}};
  double best = double(measure::readWays().size());
  for (double rate = 1; rate <= best; ++rate)
    found.reads.push_back({rate * 1e9, (rate + 1) * 1e9});
  found.bandwidth = {best * 1e9, (best + 1) * 1e9};
  limits.measurements = {found};
  return limits;
}

} // namespace

TEST_CASE("limits show every way of reading, the best one, and every unit") {
  std::string text = toText(example());
  for (const measure::ReadWay &way : measure::readWays())
    CHECK_THAT(text, Contains(way.hugePages ? "huge" : "usual"));
  CHECK_THAT(text, Contains("best") && Contains("10.5") && Contains("fma") && Contains("101"));
}

TEST_CASE("limits as JSON have the samples of each round") {
  auto json = llvm::cantFail(llvm::json::parse(toJson(example())));
  auto *found = json.getAsObject()->getArray("limits")->front().getAsObject();
  CHECK(found->getNumber("read_bandwidth") == 10.5e9);
  CHECK(found->getArray("ways")->size() == measure::readWays().size());
  auto *unit = found->getArray("units")->front().getAsObject();
  CHECK(unit->getString("unit") == "fma");
  CHECK(unit->getNumber("peak") == 101e9);
  CHECK(unit->getArray("operations_per_second")->size() == 2);
}
