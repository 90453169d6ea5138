//===- Text.cpp - Tables of a study for a terminal ------------------------===//
#include "measure/Table.h"
#include "study/Analysis.h"
#include "study/Report.h"
#include <fmt/format.h>

using namespace cria::measure;

namespace cria::study {
namespace {

/// The median, such as "1.234x".
std::string timesText(const Summary &summary) {
  return summary.count ? fmt::format("{:.3f}x", summary.median) : "-";
}

std::string errorText(const SetResult &result) {
  if (!result.error)
    return "-";
  return fmt::format("{:.1e}{}", result.error->greatest(), result.error->passed() ? "" : " !");
}

std::string counted(const Results &results) {
  std::vector<std::string> columns{"set", "kernels", "intermediates"};
  if (results.timed())
    columns.insert(columns.end(), {"compile", "error"});
  Table table(columns);
  for (const SetResult &result : results.sets) {
    std::vector<std::string> row{result.set.name(), std::to_string(result.kernels),
                                 bytesText(double(result.intermediateBytes))};
    if (results.timed())
      row.insert(row.end(), {fmt::format("{:.2f} s", result.compileSeconds), errorText(result)});
    table.add(row);
  }
  std::string text = table.text() + "Kernels and intermediates: per decode step.";
  if (!results.timed())
    return text + "\n";
  return text + (results.truth == Truth::reference
                     ? " Error: maximum, relative to the f64 reference.\n"
                     : " Error: maximum, relative to the unfused set.\n");
}

/// What a step moves and computes with each set.
std::string costs(const Results &results, std::size_t at) {
  const Point &point = results.points[at];
  bool decode = point.entry == Entry::decode;
  Table table({"set", decode ? "moved/token" : "moved", decode ? "MFLOP/token" : "MFLOP"});
  for (const SetResult &result : results.sets) {
    const Cost &cost = result.timings[at].cost;
    table.add({result.set.name(), bytesText(double(cost.bytes()) / double(point.steps())),
               fmt::format("{:.2f}", double(cost.flops) / 1e6 / double(point.steps()))});
  }
  return fmt::format("{} of {} tokens at context {}\n\n", point.entryName(), point.tokens,
                     point.context) +
         table.text();
}

std::string timed(const Results &results, std::size_t at) {
  const Point &point = results.points[at];
  const SetResult *none = results.none();
  bool decode = point.entry == Entry::decode;
  Summary bandwidth = summarise(results.bandwidth[at]);
  Table table(
      {"set", decode ? "moved/token" : "moved", "tokens/s", "", "vs none", "", "of bandwidth"});
  for (const SetResult &result : results.sets) {
    const Timing &timing = result.timings[at];
    Summary rate = speed(results, result, at), ratio = speedup(result, *none, at);
    double bytes = double(timing.cost.bytes());
    table.add({result.set.name(), bytesText(bytes / double(point.steps())), numberText(rate.median),
               spreadText(rate), timesText(ratio), spreadText(ratio),
               percentText(bytes / summarise(timing.seconds).median / bandwidth.median)});
  }
  std::string text =
      fmt::format("{} of {} tokens at context {}; read bandwidth {}/s {}\n\n", point.entryName(),
                  point.tokens, point.context, bytesText(bandwidth.median), spreadText(bandwidth));
  text += table.text();
  if (const SetResult *faster = fasterThanAll(results, at))
    text += fmt::format("All fusions together are slower than {}.\n", faster->set.name());
  return text;
}

std::string savings(const Results &results) {
  Table table({"fusion left out", "at", "bytes saved"});
  for (const LeftOut &row : leftOut(results)) {
    const Point &point = results.points[row.point];
    table.add({row.fusion, fmt::format("{} {}", point.entryName(), point.context),
               bytesText(double(row.bytesSaved) / double(point.steps()))});
  }
  return table.text() + "Saved by it with all others on: per token in decode, per prompt in "
                        "prefill.\n";
}

std::string contributions(const Results &results) {
  Table table({"fusion left out", "at", "bytes saved", "predicted", "measured", "", "verdict"});
  for (const LeftOut &row : leftOut(results)) {
    const Point &point = results.points[row.point];
    table.add({row.fusion, fmt::format("{} {}", point.entryName(), point.context),
               bytesText(double(row.bytesSaved) / double(point.steps())),
               percentText(row.predicted, true), percentText(row.gain(), true),
               spreadText(row.measured), text(row.verdict)});
  }
  return table.text() +
         "Gain: speed of all fusions over all but this one. Predicted: bytes saved (per token in "
         "decode, per\nprompt in prefill) at the measured bandwidth. Agrees: within 25% of that.\n";
}

} // namespace

std::string toText(const Results &results) {
  std::string text = fmt::format("{}: {} weights, {} cache, chunks of {}; {}", results.model,
                                 results.weights, results.cache, results.chunk, results.cpu);
  if (results.timed())
    text +=
        fmt::format(", {} thread{}; {} round{}", results.threads, results.threads == 1 ? "" : "s",
                    results.rounds, results.rounds == 1 ? "" : "s");
  text += results.interrupted ? " (interrupted)\n\n" : "\n\n";
  if (results.sets.empty())
    return text;
  text += counted(results);
  for (std::size_t at = 0; at < results.points.size(); ++at)
    text += "\n" + (results.timed() ? timed(results, at) : costs(results, at));
  return text + "\n" + (results.timed() ? contributions(results) : savings(results));
}

} // namespace cria::study
