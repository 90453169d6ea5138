//===- Study.cpp - Fusions counted, timed and checked side by side --------===//
#include "study/Study.h"
#include "driver/Output.h"
#include "driver/Reference.h"
#include "measure/Caches.h"
#include "measure/CompiledModel.h"
#include "measure/Probes.h"
#include "measure/StepFigures.h"
#include "measure/Workbench.h"
#include <fmt/format.h>

namespace cria::study {
namespace {

/// The model, if its figures can be written where they are wanted.
driver::Source load(const Options &options) {
  driver::Source source = measure::loadRunnable(options.compile);
  driver::checkOutputs(
      {{"--json", options.json}, {"--csv", options.csv}, {"--report", options.report}});
  return source;
}

std::vector<std::string> namesOf(const std::vector<ScheduleFile> &schedules) {
  std::vector<std::string> names;
  for (const ScheduleFile &file : schedules)
    names.push_back(file.name);
  return names;
}

class Study {
public:
  Study(const Options &options, const measure::Progress &progress, const Interrupt &interrupt)
      : options(options), progress(progress), interrupt(interrupt),
        sets(driver::setsOf(options.fusions, namesOf(options.schedules))), source(load(options)),
        target(driver::makeTarget("native", "native")), probes(target) {
    if (options.threads)
      probes.threads().resize(options.threads);
    results.model = source.model.name;
    results.cpu = target.cpu;
    results.weights = spec::name_of(source.model.dtype);
    results.cache = spec::name_of(*source.plan.cache);
    results.threads = probes.threads().size();
    results.rounds = options.rounds;
    results.chunk = source.plan.chunk;
    results.cacheBytes = std::int64_t(measure::lastLevelCache());
    choosePoints();
    results.bandwidth.resize(results.points.size());
  }

  Results run() {
    for (const FusionSet &set : sets)
      if (goesOn())
        compileSet(set);
    if (goesOn())
      workbench.emplace(variants.front()->model(), probes.threads());
    if (goesOn())
      check();
    // A warm-up round touches pages and fills caches; it is not recorded.
    for (std::int64_t round = -1; round < options.rounds; ++round)
      for (std::size_t point = 0; point < results.points.size(); ++point)
        measure(round, point);
    results.interrupted = interrupt.isAsked();
    return std::move(results);
  }

private:
  bool goesOn() const { return !interrupt.isAsked(); }

  void choosePoints() {
    std::int64_t longest = std::max(options.tokens, source.plan.chunk);
    for (std::int64_t context : options.contexts)
      measure::ensureCapacity(source, options.compile, context + longest);
    for (std::int64_t context : measure::chooseContexts(options, longest, source.plan.max_seq)) {
      results.points.push_back({Entry::decode, context, options.tokens});
      results.points.push_back({Entry::prefill, context, source.plan.chunk});
    }
  }

  void compileSet(const FusionSet &set) {
    progress.say(
        fmt::format("compiling {} of {}: {}", results.sets.size() + 1, sets.size(), set.name()));
    SetResult result;
    result.set = set;
    auto count = [&](driver::Lowering &lowering) {
      measure::StepFigures figures(lowering);
      result.kernels = figures.decodeKernels();
      result.intermediateBytes = figures.decodeIntermediates();
      for (const Point &point : results.points)
        result.timings.push_back({figures.cost(point), {}});
    };
    driver::Options compile = options.compile;
    for (const ScheduleFile &file : options.schedules)
      if (file.name == set.schedule)
        compile.schedule = file.path;
    variants.push_back(
        std::make_unique<measure::CompiledModel>(compile, source, target, set.on, count));
    result.compileSeconds = variants.back()->compileSeconds();
    results.sets.push_back(std::move(result));
  }

  std::shared_ptr<const rt::Model> runnable(std::size_t i) const {
    return std::make_shared<const rt::Model>(variants[i]->model(), workbench->weights());
  }

  void check() {
    results.truth = options.reference ? Truth::reference : Truth::unfused;
    progress.say(options.reference ? "running the f64 reference"
                                   : "running the set without fusions");
    verify::Expected expected =
        options.reference ? driver::expectedAnswers(options.compile, source, verify::quickBudget)
                          : ownAnswers(runnable(0));
    for (std::size_t i = 0; i < variants.size() && goesOn(); ++i) {
      progress.say(fmt::format("checking {} of {}: {}", i + 1, variants.size(), sets[i].name()));
      results.sets[i].error = compare(runnable(i), expected);
    }
  }

  void measure(std::int64_t round, std::size_t at) {
    const Point &point = results.points[at];
    if (!goesOn())
      return;
    double bandwidth = probes.readBandwidth(int(results.threads));
    if (round >= 0)
      results.bandwidth[at].push_back(bandwidth);
    for (std::size_t which : measure::orderOf(round, variants.size())) {
      if (!goesOn())
        return;
      progress.say(fmt::format("round {} of {}: {} at {}, {}", std::max<std::int64_t>(round + 1, 0),
                               options.rounds, point.entryName(), point.context,
                               sets[which].name()));
      double seconds = workbench->run(variants[which]->model(), point);
      if (round >= 0)
        results.sets[which].timings[at].seconds.push_back(seconds);
    }
  }

  const Options &options;
  const measure::Progress &progress;
  const Interrupt &interrupt;
  std::vector<FusionSet> sets;
  driver::Source source;
  driver::Target target;
  measure::Probes probes;
  std::vector<std::unique_ptr<measure::CompiledModel>> variants; ///< per set
  std::optional<measure::Workbench> workbench;
  Results results;
};

} // namespace

Results runStudy(const Options &options, const measure::Progress &progress,
                 const Interrupt &interrupt) {
  return Study(options, progress, interrupt).run();
}

} // namespace cria::study
