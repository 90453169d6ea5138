//===- Text.cpp - Tables of a benchmark for a terminal --------------------===//
#include "bench/Report.h"
#include "measure/Table.h"
#include <fmt/format.h>

using namespace cria::measure;

namespace cria::bench {
namespace {

/// In billions.
std::string billions(double value) { return numberText(value / 1e9); }

std::string threadsText(const Measurement &found) {
  return found.isOnGpu() ? "-" : std::to_string(found.threads);
}

std::string decodeTable(const Results &results) {
  Table table({"threads", "context", "tokens/s", "", "bytes/token", "GB/s", "bandwidth", "",
               "fraction", ""});
  bool inCache = false;
  for (const Measurement &found : results.measurements) {
    if (found.point.entry != Entry::decode)
      continue;
    double bytes = found.work() / double(found.point.steps());
    Summary rate = found.tokensPerSecond(), limit = summarise(found.limit),
            fraction = found.fraction();
    table.add({threadsText(found), std::to_string(found.point.context), numberText(rate.median),
               spreadText(rate), bytesText(bytes), billions(found.rate().median),
               billions(limit.median), spreadText(limit), percentText(fraction.median),
               spreadText(fraction)});
    inCache |= bytes < results.cacheBytes;
  }
  std::string text = table.text();
  if (inCache)
    text += fmt::format("Steps that move fewer bytes than the last-level cache holds ({}) are not "
                        "bound by memory.\n",
                        bytesText(results.cacheBytes));
  return text;
}

std::string prefillTable(const Results &results) {
  Table table({"threads", "tokens", "tokens/s", "", "GFLOP/s", "peak", "", "fraction", ""});
  for (const Measurement &found : results.measurements) {
    if (found.point.entry != Entry::prefill)
      continue;
    Summary rate = found.tokensPerSecond(), limit = summarise(found.limit),
            fraction = found.fraction();
    table.add({threadsText(found), std::to_string(found.point.tokens), numberText(rate.median),
               spreadText(rate), billions(found.rate().median), billions(limit.median),
               spreadText(limit), percentText(fraction.median), spreadText(fraction)});
  }
  return table.text();
}

std::string placeText(const Measurement &found) {
  return found.isOnGpu() ? "the GPU"
                         : fmt::format("{} thread{}", found.threads, found.threads == 1 ? "" : "s");
}

std::string kernelTables(const Results &results) {
  std::string text;
  for (const Measurement &found : results.measurements)
    for (const rt::KernelProfile::Entry &entry : found.kernels)
      text += fmt::format("\n{} on {}: kernels per call of {}\n\n", found.point.what(),
                          placeText(found), entry.name) +
              rt::kernelTable(entry, found.limits());
  return text;
}

} // namespace

std::string toText(const Results &results) {
  std::string schedule = results.schedule.empty() ? "" : ", schedules of " + results.schedule;
  return fmt::format("{}: {} weights, {} cache, all fusions{}; {}; {} round{}{}\n\n", results.model,
                     results.weights, results.cache, schedule, results.cpu, results.rounds,
                     results.rounds == 1 ? "" : "s", results.interrupted ? " (interrupted)" : "") +
         "decode\n\n" + decodeTable(results) +
         fmt::format("\nprefill, in chunks of {}{}\n\n", results.chunk,
                     results.unit.empty() ? "" : ", against the peak of " + results.unit) +
         prefillTable(results) + kernelTables(results);
}

} // namespace cria::bench
