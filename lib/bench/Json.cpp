//===- Json.cpp - A benchmark as JSON -------------------------------------===//
#include "measure/Json.h"
#include "bench/Report.h"

using namespace cria::measure;

namespace cria::bench {
namespace {

/// Totals over all calls.
void write(llvm::json::OStream &json, const rt::KernelProfile::Entry &entry,
           const rt::KernelLimits &limits) {
  json.attribute("entry", entry.name);
  json.attribute("calls", entry.calls);
  writeNumber(json, "seconds", entry.seconds);
  writeNumber(json, "seconds_between_kernels", entry.between());
  json.attributeArray("kernels", [&] {
    for (const rt::KernelProfile::Row &row : entry.rows)
      json.object([&] {
        json.attribute("name", row.name);
        json.attribute("calls", row.calls);
        writeNumber(json, "seconds", row.seconds);
        writeNumber(json, "bytes", row.work.bytes);
        writeNumber(json, "flops", row.work.flops);
        writeNumber(json, "fraction", limits.fraction(row.work, row.seconds));
        json.attribute("limit", limits.isReading(row.work) ? "read" : "multiply");
      });
  });
}

void write(llvm::json::OStream &json, const Measurement &found) {
  json.attribute("threads", found.threads);
  writePoint(json, found.point);
  json.attribute("bytes", found.cost.bytes());
  json.attribute("flops", found.cost.flops);
  writeSummary(json, "tokens_per_second", found.tokensPerSecond());
  bool decode = found.point.entry == Entry::decode;
  writeSummary(json, decode ? "bytes_per_second" : "flops_per_second", found.rate());
  writeSummary(json, decode ? "read_bandwidth" : "unit_peak", summarise(found.limit));
  writeSummary(json, "fraction", found.fraction());
  writeSamples(json, "seconds", found.seconds);
  writeSamples(json, "limits", found.limit);
  if (!found.kernels.empty())
    json.attributeArray("entries", [&] {
      for (const rt::KernelProfile::Entry &entry : found.kernels)
        json.object([&] { write(json, entry, found.limits()); });
    });
}

} // namespace

std::string toJson(const Results &results) {
  std::string buffer;
  llvm::raw_string_ostream stream(buffer);
  llvm::json::OStream json(stream, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("model", results.model);
    json.attribute("cpu", results.cpu);
    json.attribute("weights", results.weights);
    json.attribute("cache", results.cache);
    json.attribute("schedule", results.schedule);
    json.attribute("unit", results.unit);
    json.attribute("rounds", results.rounds);
    json.attribute("prefill_chunk", results.chunk);
    json.attribute("kernels", results.kernels);
    json.attribute("intermediate_bytes", results.intermediateBytes);
    json.attribute("interrupted", results.interrupted);
    json.attributeArray("measurements", [&] {
      for (const Measurement &found : results.measurements)
        json.object([&] { write(json, found); });
    });
  });
  return buffer + "\n";
}

} // namespace cria::bench
