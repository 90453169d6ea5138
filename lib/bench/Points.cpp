//===- Points.cpp - Points of measurement as they are asked for -----------===//
#include "bench/Points.h"
#include "bench/Machine.h"
#include "measure/CompiledModel.h"
#include "measure/Json.h"
#include "measure/Workbench.h"
#include "passes/fuse/Fusions.h"
#include <cmath>
#include <fmt/format.h>
#include <sstream>

namespace cria::bench {
namespace {

using measure::Entry;
using measure::Point;

struct Request {
  Point point{};
  int threads = 0;
};

/// Throws cria::Error unless `line` fits a session of `maxSeq` tokens.
Request parse(const std::string &line, std::int64_t maxSeq) {
  std::istringstream words(line);
  std::string entry, rest;
  Request request;
  auto &[point, threads] = request;
  bool whole = words >> entry >> point.context >> point.tokens >> threads && !(words >> rest);
  if (!whole || (entry != "decode" && entry != "prefill") || point.context < 0 ||
      point.tokens < 1 || threads < 1 || threads > 1024)
    throw Error(fmt::format("--points: \"{}\" is not ENTRY CONTEXT TOKENS THREADS, such as "
                            "\"decode 1024 16 2\"",
                            line));
  if (point.context > maxSeq - point.tokens)
    throw Error(fmt::format("--points: \"{}\" exceeds the session's capacity of {} tokens; see "
                            "--max-seq",
                            line, maxSeq));
  point.entry = entry == "decode" ? Entry::decode : Entry::prefill;
  return request;
}

/// All tokens of `point`, by the kernels of the model.
rt::KernelWork workOf(const cria_model &model, const Point &point) {
  rt::KernelWork work;
  std::int64_t most = point.entry == Entry::decode ? 1 : model.chunk;
  for (std::int64_t i = 0; i < point.tokens; i += most)
    work += rt::workOf(measure::codeOf(model), point.entryName(), point.context + i,
                       std::min(most, point.tokens - i));
  if (point.entry == Entry::prefill)
    work += rt::workOf(measure::codeOf(model), "head", point.context + point.tokens, 1);
  return work;
}

} // namespace

void measurePoints(const Options &options, std::istream &in, llvm::raw_ostream &out,
                   const StatusLine &progress, const Interrupt &interrupt) {
  driver::Source source = measure::loadRunnable(options.compile);
  measure::ensureCapacity(source, options.compile, 0);
  std::unique_ptr<Machine> machine = chooseMachine(options, source);
  progress.say("compiling");
  measure::CompiledModel compiled(
      options.compile, source, machine->target(), selectFusions("all", ""),
      [](driver::Lowering &) {}, machine->host());
  const cria_model &model = compiled.model();
  progress.say("loading weights");
  std::unique_ptr<Bed> bed = machine->open(model);
  for (std::string line; !interrupt.isAsked() && std::getline(in, line);) {
    auto [point, threads] = parse(line, model.max_seq);
    bed->resize(threads);
    double bandwidth = bed->bandwidth();
    std::optional<double> peak = bed->peak();
    double seconds = bed->run(point, nullptr);
    rt::KernelWork work = workOf(model, point);
    llvm::json::OStream json(out);
    json.object([&] {
      json.attribute("cpu", machine->name());
      measure::writePoint(json, point);
      json.attribute("threads", threads);
      measure::writeNumber(json, "seconds", seconds);
      measure::writeNumber(json, "bytes", work.bytes);
      measure::writeNumber(json, "flops", work.flops);
      measure::writeNumber(json, "read_bandwidth", bandwidth);
      json.attribute("unit", machine->unit());
      measure::writeNumber(json, "unit_peak", peak.value_or(NAN));
    });
    out << "\n";
    out.flush();
  }
}

} // namespace cria::bench
