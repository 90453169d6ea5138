//===- Study.cpp - Fusions counted, timed and checked side by side --------===//
#include "study/Study.h"
#include "driver/Reference.h"
#include "measure/Caches.h"
#include "measure/CompiledModel.h"
#include "measure/Probes.h"
#include "measure/Workbench.h"
#include "study/Subject.h"
#include <fmt/format.h>

namespace cria::study {
namespace {

class Study {
public:
  Study(const Options &options, const StatusLine &progress, const Interrupt &interrupt)
      : options(options), progress(progress), interrupt(interrupt), subject(options),
        sets(subject.sets), target(subject.target()), probes(target),
        results(subject.begin(target)) {
    if (options.threads)
      probes.threads().resize(options.threads);
    results.threads = probes.threads().size();
    results.rounds = options.rounds;
    results.cacheBytes = std::int64_t(measure::lastLevelCache());
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

  void compileSet(const FusionSet &set) {
    progress.say(
        fmt::format("compiling {} of {}: {}", results.sets.size() + 1, sets.size(), set.name()));
    SetResult result;
    variants.push_back(std::make_unique<measure::CompiledModel>(
        subject.compile(set), subject.source, target, set.on,
        [&](driver::Lowering &lowering) { result = subject.count(set, lowering); }));
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
        options.reference
            ? driver::expectedAnswers(options.compile, subject.source, verify::quickBudget)
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
  const StatusLine &progress;
  const Interrupt &interrupt;
  Subject subject;
  const std::vector<FusionSet> &sets;
  driver::Target target;
  measure::Probes probes;
  std::vector<std::unique_ptr<measure::CompiledModel>> variants; ///< per set
  std::optional<measure::Workbench> workbench;
  Results results;
};

/// All sets for a target that need not be here, as far as the phase `schedule`.
Results countSets(const Options &options, const StatusLine &progress, const Interrupt &interrupt) {
  Subject subject(options);
  driver::Target target = subject.target();
  Results results = subject.begin(target);
  for (const FusionSet &set : subject.sets) {
    results.interrupted = interrupt.isAsked();
    if (results.interrupted)
      break;
    progress.say(fmt::format("counting {} of {}: {}", results.sets.size() + 1, subject.sets.size(),
                             set.name()));
    driver::Options compile = subject.compile(set);
    driver::Lowering lowering(compile, subject.source, target);
    lowering.run(set.on, "schedule");
    results.sets.push_back(subject.count(set, lowering));
  }
  return results;
}

} // namespace

Results runStudy(const Options &options, const StatusLine &progress, const Interrupt &interrupt) {
  if (!options.times())
    return countSets(options, progress, interrupt);
  return Study(options, progress, interrupt).run();
}

} // namespace cria::study
