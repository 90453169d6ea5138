//===- Bench.cpp - A compiled model against hardware limits ---------------===//
#include "bench/Bench.h"
#include "driver/Output.h"
#include "measure/Caches.h"
#include "measure/CompiledModel.h"
#include "measure/Probes.h"
#include "measure/StepFigures.h"
#include "measure/Workbench.h"
#include "passes/fuse/Fusions.h"
#include <fmt/format.h>

namespace cria::bench {
namespace {

constexpr std::int64_t defaultPrompt = 512;

/// The model, if its figures can be written where they are wanted.
driver::Source load(const Options &options) {
  driver::Source source = measure::loadRunnable(options.compile);
  driver::checkOutputs({{"--json", options.json}});
  return source;
}

class Bench {
public:
  Bench(const Options &options, const measure::Progress &progress, const Interrupt &interrupt)
      : options(options), progress(progress), interrupt(interrupt), source(load(options)),
        target(driver::makeTarget("native", "native")), probes(target), points(choosePoints()) {
    results.model = source.model.name;
    results.cpu = target.cpu;
    results.weights = spec::name_of(source.model.dtype);
    results.cache = spec::name_of(*source.plan.cache);
    results.rounds = options.rounds;
    results.chunk = source.plan.chunk;
    results.cacheBytes = double(measure::lastLevelCache());
  }

  Results run() {
    progress.say("compiling");
    std::vector<Cost> costs;
    measure::CompiledModel compiled(options.compile, source, target, selectFusions("all", ""),
                                    [&](driver::Lowering &lowering) {
                                      measure::StepFigures figures(lowering);
                                      results.kernels = figures.decodeKernels();
                                      results.intermediateBytes = figures.decodeIntermediates();
                                      for (const Point &point : points)
                                        costs.push_back(figures.cost(point));
                                    });
    if (!interrupt.isAsked())
      measureAll(compiled.model(), costs);
    results.interrupted = interrupt.isAsked();
    return std::move(results);
  }

private:
  void measureAll(const cria_model &model, const std::vector<Cost> &costs) {
    progress.say("loading weights");
    measure::Workbench workbench(model, probes.threads());
    for (std::int64_t threads : threadCounts()) {
      std::size_t first = results.measurements.size();
      for (std::size_t i = 0; i < points.size(); ++i)
        results.measurements.push_back({int(threads), points[i], costs[i], {}, {}});
      probes.threads().resize(int(threads));
      // A warm-up round touches pages and fills caches; it is not recorded.
      for (std::int64_t round = -1; round < options.rounds; ++round)
        for (std::size_t i = first; i < results.measurements.size(); ++i)
          measure(round, results.measurements[i], model, workbench);
    }
  }

  std::vector<std::int64_t> threadCounts() {
    return options.threads.empty() ? std::vector<std::int64_t>{probes.threads().size()}
                                   : options.threads;
  }

  std::vector<Point> choosePoints() {
    measure::ensureCapacity(source, options.compile, options.prompt);
    for (std::int64_t context : options.contexts)
      measure::ensureCapacity(source, options.compile, context + options.tokens);
    std::int64_t capacity = source.plan.max_seq;
    std::int64_t prompt = options.prompt ? options.prompt : std::min(defaultPrompt, capacity);
    if (prompt > capacity)
      throw Error(fmt::format("--prompt: {} tokens exceed the session's capacity of {} tokens",
                              prompt, capacity));
    std::vector<Point> chosen;
    for (std::int64_t context : measure::chooseContexts(options, options.tokens, capacity))
      chosen.push_back({Entry::decode, context, options.tokens});
    chosen.push_back({Entry::prefill, 0, prompt});
    return chosen;
  }

  void measure(std::int64_t round, Measurement &measurement, const cria_model &model,
               measure::Workbench &workbench) {
    if (interrupt.isAsked())
      return;
    const Point &point = measurement.point;
    progress.say(fmt::format("round {} of {} on {}: {} at {}", round + 1, options.rounds,
                             measurement.threads, point.entryName(), point.context));
    double limit = point.entry == Entry::decode ? probes.readBandwidth(measurement.threads)
                                                : probes.multiplyAdds(measurement.threads);
    double seconds = workbench.run(model, point);
    if (round < 0)
      return;
    measurement.limit.push_back(limit);
    measurement.seconds.push_back(seconds);
  }

  const Options &options;
  const measure::Progress &progress;
  const Interrupt &interrupt;
  driver::Source source;
  driver::Target target;
  measure::Probes probes;
  std::vector<Point> points;
  Results results;
};

} // namespace

Results runBench(const Options &options, const measure::Progress &progress,
                 const Interrupt &interrupt) {
  return Bench(options, progress, interrupt).run();
}

} // namespace cria::bench
