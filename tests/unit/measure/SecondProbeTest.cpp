//===- SecondProbeTest.cpp - Two probes of the same limits agree ----------===//
//
// A limit that is probed wrongly makes every figure of cria-bench wrong, and nothing else shows it.
// The tolerance is wide, for tests run beside others; the errors that it finds are wider: an
// instruction counted twice, a loop that LLVM left out, memory that was in a cache.
//
//===----------------------------------------------------------------------===//
#include "catch2/catch.hpp"
#include "measure/Probes.h"
#include "measure/second_probe.h"

using namespace cria;
using namespace cria::measure;

namespace {

constexpr double tolerance = 1.5;
constexpr int tries = 20, passes = 5;

/// Whether both rates agree in one of a few tries, made in turn. Other load takes from both.
template <class First, class Second>
bool agree(First first, Second second) {
  double best = 0, secondBest = 0;
  for (int i = 0; i < tries; ++i) {
    best = std::max(best, first());
    secondBest = std::max(secondBest, second());
    if (best < tolerance * secondBest && secondBest < tolerance * best)
      return true;
  }
  WARN("first probe " << best / 1e9 << ", second probe " << secondBest / 1e9);
  return false;
}

const driver::Target &target() {
  static auto *target = new driver::Target(driver::makeTarget("native", "native"));
  return *target;
}

} // namespace

TEST_CASE("two probes agree about the read bandwidth") {
  Probes probes(target());
  int megabytes = int(probes.bufferBytes() >> 20);
  CHECK(agree([&] { return probes.readBandwidth(1); },
              [&] {
                return std::max(second_read(1, passes, megabytes, /*huge=*/0),
                                second_read(1, passes, megabytes, /*huge=*/1));
              }));
}

TEST_CASE("two probes agree about the peaks of the units") {
  Probes probes(target(), /*bufferBytes=*/1 << 20);
  struct {
    std::string name;
    double (*second)(int threads, int passes);
  } units[] = {{"fma", second_fma}, {"dot_bf16", second_dot_bf16}, {"dot_int8", second_dot_int8}};
  for (auto &[name, second] : units) {
    INFO(name);
    std::vector<const UnitForm *> forms;
    for (const UnitForm &form : probes.units())
      if (form.unit == name)
        forms.push_back(&form);
    bool isThere = second(1, 1) > 0;
    CHECK(isThere == !forms.empty());
    if (isThere && !forms.empty())
      CHECK(agree(
          [&] {
            double best = 0; // of its widths
            for (const UnitForm *form : forms)
              best = std::max(best, probes.peak(*form, 1));
            return best;
          },
          [&] { return second(1, passes); }));
  }
}
