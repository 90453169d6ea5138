//===- Limits.cpp - The limits of this machine alone ----------------------===//
#include "bench/Limits.h"
#include "driver/Output.h"
#include "measure/Probes.h"
#include <fmt/format.h>

namespace cria::bench {
namespace {

void probe(const measure::Probes &probes, ThreadLimits &found) {
  std::vector<double> rates = probes.readRates(found.threads);
  found.bandwidth.push_back(*std::ranges::max_element(rates));
  for (auto [samples, rate] : llvm::zip_equal(found.reads, rates))
    samples.push_back(rate);
  for (auto [samples, unit] : llvm::zip_equal(found.peaks, probes.units()))
    samples.push_back(probes.peak(unit, found.threads));
}

} // namespace

Limits probeLimits(const Options &options, const StatusLine &progress, const Interrupt &interrupt) {
  driver::checkOutputs({{"--json", options.json}});
  driver::Target target = driver::makeTarget("native", "native");
  measure::Probes probes(target);
  Limits limits{target.cpu, probes.bufferBytes(), options.rounds, false, probes.units(), {}};
  for (std::int64_t threads : options.threadsOr(probes.threads().size())) {
    limits.measurements.push_back({int(threads),
                                   std::vector<std::vector<double>>(measure::readWays().size()),
                                   {},
                                   std::vector<std::vector<double>>(probes.units().size())});
    for (std::int64_t round = 0; round < options.rounds && !interrupt.isAsked(); ++round) {
      progress.say(fmt::format("round {} of {} on {}", round + 1, options.rounds, threads));
      probe(probes, limits.measurements.back());
    }
  }
  limits.interrupted = interrupt.isAsked();
  return limits;
}

} // namespace cria::bench
