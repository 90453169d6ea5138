//===- Json.cpp - A study as JSON -----------------------------------------===//
#include "measure/Json.h"
#include "report/Page.h"
#include "study/Analysis.h"
#include "study/Report.h"

using namespace cria::measure;

namespace cria::study {
namespace {

class Writer {
public:
  explicit Writer(const Results &results) : results(results) {}

  std::string write() {
    json.object([&] {
      json.attribute("model", results.model);
      json.attribute("cpu", results.cpu);
      json.attribute("weights", results.weights);
      json.attribute("cache", results.cache);
      json.attribute("threads", results.threads);
      json.attribute("rounds", results.rounds);
      json.attribute("prefill_chunk", results.chunk);
      if (results.timed())
        json.attribute("error_against",
                       results.truth == Truth::reference ? "f64 reference" : "none");
      json.attribute("interrupted", results.interrupted);
      json.attributeArray("points", [&] {
        for (std::size_t at = 0; at < results.points.size(); ++at)
          point(at);
      });
      json.attributeArray("sets", [&] {
        for (const SetResult &result : results.sets)
          set(result);
      });
      json.attributeArray("left_out", [&] {
        for (const LeftOut &row : leftOut(results))
          leftOutRow(row);
      });
    });
    return stream.str() + "\n";
  }

private:
  void point(std::size_t at) {
    json.object([&] {
      writePoint(json, results.points[at]);
      writeSummary(json, "bandwidth", summarise(results.bandwidth[at]));
      const SetResult *faster = fasterThanAll(results, at);
      json.attribute("faster_than_all",
                     faster ? llvm::json::Value(faster->set.name()) : llvm::json::Value(nullptr));
    });
  }

  void set(const SetResult &result) {
    json.object([&] {
      json.attribute("set", result.set.name());
      json.attributeArray("fusions", [&] {
        for (llvm::StringRef fusion : result.set.on)
          json.value(fusion);
      });
      if (result.set.kind == SetKind::scheduled)
        json.attribute("schedule", result.set.schedule);
      json.attribute("kernels", result.kernels);
      json.attribute("intermediate_bytes", result.intermediateBytes);
      if (results.timed())
        json.attribute("compile_seconds", result.compileSeconds);
      if (result.error) {
        json.attribute("prefill_error", result.error->prefill);
        json.attribute("decode_error", result.error->decode);
        json.attribute("error_of_bound", result.error->ofBound);
      }
      json.attributeArray("timings", [&] {
        for (std::size_t at = 0; at < results.points.size(); ++at)
          timing(result, at);
      });
    });
  }

  void timing(const SetResult &result, std::size_t at) {
    json.object([&] {
      writePoint(json, results.points[at]);
      json.attribute("bytes", result.timings[at].cost.bytes());
      json.attribute("flops", result.timings[at].cost.flops);
      writeSummary(json, "tokens_per_second", speed(results, result, at));
      writeSummary(json, "vs_none", speedup(result, *results.none(), at));
      writeSamples(json, "seconds", result.timings[at].seconds);
    });
  }

  void leftOutRow(const LeftOut &row) {
    json.object([&] {
      json.attribute("fusion", row.fusion);
      writePoint(json, results.points[row.point]);
      json.attribute("bytes_saved", row.bytesSaved);
      writeNumber(json, "predicted_gain", row.predicted);
      writeNumber(json, "measured_gain", row.gain());
      writeNumber(json, "measured_spread", row.measured.spread());
      json.attribute("verdict", text(row.verdict));
    });
  }

  const Results &results;
  std::string buffer;
  llvm::raw_string_ostream stream{buffer};
  llvm::json::OStream json{stream, /*IndentSize=*/2};
};

} // namespace

std::string toJson(const Results &results) { return Writer(results).write(); }

std::string toPage(const Results &results) {
  return report::toPage("{\"version\":1,\"study\":" + toJson(results) + "}", {});
}

} // namespace cria::study
