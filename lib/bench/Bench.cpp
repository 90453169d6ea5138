//===- Bench.cpp - A compiled model against hardware limits ---------------===//
#include "bench/Bench.h"
#include "bench/Machine.h"
#include "driver/Output.h"
#include "measure/CompiledModel.h"
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
  Bench(const Options &options, const StatusLine &progress, const Interrupt &interrupt)
      : options(options), progress(progress), interrupt(interrupt), source(load(options)),
        machine(chooseMachine(options, source)), points(choosePoints()) {
    results.model = source.model.name;
    results.cpu = machine->name();
    results.weights = source.mainStorage().word;
    results.cache = spec::name_of(*source.plan.cache);
    results.rounds = options.rounds;
    results.chunk = source.plan.chunk;
    results.schedule = options.compile.schedule;
    results.unit = machine->unit();
    results.cacheBytes = machine->cacheBytes();
  }

  Results run() {
    progress.say("compiling");
    std::vector<Cost> costs;
    measure::CompiledModel compiled(
        options.compile, source, machine->target(), selectFusions("all", ""),
        [&](driver::Lowering &lowering) {
          measure::StepFigures figures(lowering);
          results.kernels = figures.decodeKernels();
          results.intermediateBytes = figures.decodeIntermediates();
          for (const Point &point : points)
            costs.push_back(figures.cost(point));
        },
        machine->host());
    if (!interrupt.isAsked())
      measureAll(compiled.model(), costs);
    results.interrupted = interrupt.isAsked();
    return std::move(results);
  }

private:
  void measureAll(const cria_model &model, const std::vector<Cost> &costs) {
    progress.say("loading weights");
    std::unique_ptr<Bed> bed = machine->open(model);
    for (std::int64_t threads : machine->threads()) {
      std::size_t first = results.measurements.size();
      for (std::size_t i = 0; i < points.size(); ++i)
        results.measurements.push_back({int(threads), points[i], costs[i], {}, {}, {}, {}});
      std::vector<rt::KernelProfile> profiles(points.size(),
                                              rt::KernelProfile(measure::codeOf(model)));
      bed->resize(int(threads));
      // A warm-up round touches pages and fills caches; it is not recorded.
      for (std::int64_t round = -1; round < options.rounds; ++round)
        for (std::size_t i = first; i < results.measurements.size(); ++i)
          measure(round, results.measurements[i], *bed, profiles[i - first]);
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

  void measure(std::int64_t round, Measurement &measurement, Bed &bed, rt::KernelProfile &profile) {
    if (interrupt.isAsked())
      return;
    const Point &point = measurement.point;
    progress.say(
        fmt::format("round {} of {}{}: {} at {}", round + 1, options.rounds,
                    measurement.isOnGpu() ? "" : fmt::format(" on {}", measurement.threads),
                    point.entryName(), point.context));
    bool decode = point.entry == Entry::decode, kernels = options.kernels && round >= 0;
    std::optional<double> limit = limitOf(bed, decode), other;
    if (kernels)
      other = limitOf(bed, !decode);
    double seconds = bed.run(point, kernels ? &profile : nullptr);
    if (round < 0)
      return;
    if (limit)
      measurement.limit.push_back(*limit);
    if (other)
      measurement.otherLimit.push_back(*other);
    measurement.seconds.push_back(seconds);
  }

  static std::optional<double> limitOf(Bed &bed, bool reading) {
    return reading ? bed.bandwidth() : bed.peak();
  }

  const Options &options;
  const StatusLine &progress;
  const Interrupt &interrupt;
  driver::Source source;
  std::unique_ptr<Machine> machine;
  std::vector<Point> points;
  Results results;
};

} // namespace

Results runBench(const Options &options, const StatusLine &progress, const Interrupt &interrupt) {
  return Bench(options, progress, interrupt).run();
}

} // namespace cria::bench
