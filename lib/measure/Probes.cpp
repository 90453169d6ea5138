//===- Probes.cpp - Hardware limits of this machine -----------------------===//
#include "measure/Probes.h"
#include "measure/Caches.h"
#include "measure/ProbeCode.h"
#include "runtime/Stopwatch.h"
#include <cstring>

namespace cria::measure {
namespace {

/// One pass over a unit takes milliseconds.
constexpr std::int64_t rounds = 1 << 20;
constexpr int passes = 8;

/// Holds the widest vector, or a tile of each chain.
struct alignas(256) Sum {
  std::byte bytes[4096];
};

driver::Jit compileProbes(const driver::Target &target) {
  driver::LlvmCode code = probeCode(target);
  return {std::move(code.module), std::move(code.context), target};
}

rt::Mapping filledBuffer(std::size_t bytes, rt::Pages pages) {
  rt::Mapping buffer = rt::Mapping::zeros(bytes, "bandwidth probe", pages);
  // Untouched zero pages all map to one physical page, which stays in the cache.
  std::memset(buffer.data(), 1, buffer.size());
  return buffer;
}

} // namespace

Probes::Probes(const driver::Target &target, std::size_t bufferBytes)
    : info(target.info), forms(unitForms(target)), jit(compileProbes(target)),
      usualPages(filledBuffer(bufferBytes, rt::Pages::usual)),
      hugePages(filledBuffer(bufferBytes, rt::Pages::huge)) {}

double Probes::readRate(const ReadWay &way, int threads) const {
  auto *read = jit.lookup<ReadFunction>(way.function());
  const rt::Mapping &buffer = way.hugePages ? hugePages : usualPages;
  auto part = static_cast<std::int64_t>(buffer.size()) / threads / readBlock * readBlock;
  rt::Stopwatch watch;
  team.run(threads, [&](int i) {
    Sum sum;
    read(buffer.data() + i * part, part, &sum);
  });
  return static_cast<double>(part * threads) / watch.seconds();
}

std::vector<double> Probes::readRates(int threads) const {
  (void)readRate(readWays().front(), threads);
  std::vector<double> rates;
  for (const ReadWay &way : readWays())
    rates.push_back(readRate(way, threads));
  return rates;
}

double Probes::readBandwidth(int threads) const {
  std::vector<double> rates = readRates(threads);
  return *std::ranges::max_element(rates);
}

double Probes::peak(const UnitForm &form, int threads) const {
  auto *unit = jit.lookup<UnitFunction>(form.function());
  std::int64_t operations = rounds * chains(info, form) * form.operationsPerVector();
  double best = 0;
  for (int pass = 0; pass < passes; ++pass) {
    rt::Stopwatch watch;
    team.run(threads, [&](int) {
      Sum sum;
      unit(rounds, &sum);
    });
    best = std::max(best, static_cast<double>(operations * threads) / watch.seconds());
  }
  return best;
}

const UnitForm &Probes::fastestUnit(const storage::Storage &weights) const {
  auto fits = [&](const UnitForm &form) {
    switch (form.operand) {
    case Operand::f32:
      return true;
    case Operand::bf16:
      return weights.word == "bf16";
    case Operand::int8:
      return weights.isBlock();
    }
    llvm_unreachable("no operand");
  };
  const UnitForm *fastest = nullptr;
  double best = 0;
  // In turn, so that a moment in which others use the core does not decide.
  constexpr int turns = 3;
  for (int turn = 0; turn < turns; ++turn)
    for (const UnitForm &form : forms)
      if (double found = fits(form) ? peak(form, /*threads=*/1) : 0; found > best) {
        best = found;
        fastest = &form;
      }
  return *fastest;
}

std::size_t Probes::beyondCaches() {
  return std::max(std::size_t(256) << 20, 8 * lastLevelCache());
}

} // namespace cria::measure
