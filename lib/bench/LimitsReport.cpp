//===- LimitsReport.cpp - Limits as text and as JSON ----------------------===//
#include "bench/Limits.h"
#include "measure/Json.h"
#include "measure/Table.h"
#include <fmt/format.h>

using namespace cria::measure;

namespace cria::bench {
namespace {

std::string billions(const std::vector<double> &samples) {
  return numberText(summarise(samples).median / 1e9);
}

std::string spread(const std::vector<double> &samples) { return spreadText(summarise(samples)); }

std::string distanceText(const ReadWay &way) {
  return way.prefetchBytes ? fmt::format("{} KiB", way.prefetchBytes >> 10) : "none";
}

const char *pagesText(const ReadWay &way) { return way.hugePages ? "huge" : "usual"; }

std::string readTable(const Limits &limits) {
  Table table({"threads", "streams", "prefetch", "pages", "GB/s", ""});
  for (const ThreadLimits &found : limits.measurements) {
    std::string threads = std::to_string(found.threads);
    for (auto [way, samples] : llvm::zip_equal(readWays(), found.reads))
      table.add({threads, std::to_string(way.streams), distanceText(way), pagesText(way),
                 billions(samples), spread(samples)});
    table.add({threads, "best", "", "", billions(found.bandwidth), spread(found.bandwidth)});
  }
  return table.text();
}

std::string unitTable(const Limits &limits) {
  Table table({"threads", "unit", "bits", "Gop/s", ""});
  for (const ThreadLimits &found : limits.measurements)
    for (auto [unit, samples] : llvm::zip_equal(limits.units, found.peaks))
      table.add({std::to_string(found.threads), unit.unit, std::to_string(unit.bits),
                 billions(samples), spread(samples)});
  return table.text();
}

void write(llvm::json::OStream &json, const Limits &limits, const ThreadLimits &found) {
  json.attribute("threads", found.threads);
  writeSummary(json, "read_bandwidth", summarise(found.bandwidth));
  writeSamples(json, "read_bandwidths", found.bandwidth);
  json.attributeArray("ways", [&] {
    for (auto [way, samples] : llvm::zip_equal(readWays(), found.reads))
      json.object([&] {
        json.attribute("streams", way.streams);
        json.attribute("prefetch_bytes", way.prefetchBytes);
        json.attribute("pages", pagesText(way));
        writeSamples(json, "bytes_per_second", samples);
      });
  });
  json.attributeArray("units", [&] {
    for (auto [unit, samples] : llvm::zip_equal(limits.units, found.peaks))
      json.object([&] {
        json.attribute("unit", unit.unit);
        json.attribute("bits", unit.bits);
        writeSummary(json, "peak", summarise(samples));
        writeSamples(json, "operations_per_second", samples);
      });
  });
}

} // namespace

std::string toText(const Limits &limits) {
  return fmt::format("{}; {} round{}{}\n\nread bandwidth, {} per pass\n\n", limits.cpu,
                     limits.rounds, limits.rounds == 1 ? "" : "s",
                     limits.interrupted ? " (interrupted)" : "",
                     bytesText(double(limits.bufferBytes))) +
         readTable(limits) + "\npeaks of the multiplying units\n\n" + unitTable(limits);
}

std::string toJson(const Limits &limits) {
  std::string buffer;
  llvm::raw_string_ostream stream(buffer);
  llvm::json::OStream json(stream, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("cpu", limits.cpu);
    json.attribute("buffer_bytes", std::int64_t(limits.bufferBytes));
    json.attribute("rounds", limits.rounds);
    json.attribute("interrupted", limits.interrupted);
    json.attributeArray("limits", [&] {
      for (const ThreadLimits &found : limits.measurements)
        json.object([&] { write(json, limits, found); });
    });
  });
  return buffer + "\n";
}

} // namespace cria::bench
