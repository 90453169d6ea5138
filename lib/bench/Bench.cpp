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
        target(driver::makeTarget("native", "native")), probes(target),
        unit(probes.fastestUnit(source.mainStorage())), points(choosePoints()) {
    results.model = source.model.name;
    results.cpu = target.cpu;
    results.weights = source.mainStorage().word;
    results.cache = spec::name_of(*source.plan.cache);
    results.rounds = options.rounds;
    results.chunk = source.plan.chunk;
    results.schedule = options.compile.schedule;
    results.unit = unit.unit;
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
    for (std::int64_t threads : options.threadsOr(probes.threads().size())) {
      std::size_t first = results.measurements.size();
      for (std::size_t i = 0; i < points.size(); ++i)
        results.measurements.push_back({int(threads), points[i], costs[i], {}, {}, {}, {}});
      std::vector<rt::KernelProfile> profiles(points.size(),
                                              rt::KernelProfile(measure::codeOf(model)));
      probes.threads().resize(int(threads));
      // A warm-up round touches pages and fills caches; it is not recorded.
      for (std::int64_t round = -1; round < options.rounds; ++round)
        for (std::size_t i = first; i < results.measurements.size(); ++i)
          measure(round, results.measurements[i], model, workbench, profiles[i - first]);
      if (options.kernels)
        for (std::size_t i = first; i < results.measurements.size(); ++i)
          results.measurements[i].kernels = profiles[i - first].entries();
    }
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
               measure::Workbench &workbench, rt::KernelProfile &profile) {
    if (interrupt.isAsked())
      return;
    const Point &point = measurement.point;
    progress.say(fmt::format("round {} of {} on {}: {} at {}", round + 1, options.rounds,
                             measurement.threads, point.entryName(), point.context));
    bool decode = point.entry == Entry::decode, kernels = options.kernels && round >= 0;
    double limit = limitOf(decode, measurement.threads);
    double other = kernels ? limitOf(!decode, measurement.threads) : 0;
    double seconds = workbench.run(model, point, kernels ? &profile : nullptr);
    if (round < 0)
      return;
    measurement.limit.push_back(limit);
    if (kernels)
      measurement.otherLimit.push_back(other);
    measurement.seconds.push_back(seconds);
  }

  double limitOf(bool reading, int threads) const {
    return reading ? probes.readBandwidth(threads) : probes.peak(unit, threads);
  }

  const Options &options;
  const measure::Progress &progress;
  const Interrupt &interrupt;
  driver::Source source;
  driver::Target target;
  measure::Probes probes;
  const measure::UnitForm &unit;
  std::vector<Point> points;
  Results results;
};

} // namespace

Results runBench(const Options &options, const measure::Progress &progress,
                 const Interrupt &interrupt) {
  return Bench(options, progress, interrupt).run();
}

} // namespace cria::bench
