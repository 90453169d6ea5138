//===- Subject.cpp - What a study is about --------------------------------===//
#include "study/Subject.h"
#include "driver/Output.h"
#include "measure/StepFigures.h"
#include "support/Error.h"

namespace cria::study {
namespace {

driver::Source load(const Options &options) {
  driver::Source source = options.times() ? measure::loadRunnable(options.compile)
                                          : driver::loadSource(options.compile);
  driver::checkOutputs(
      {{"--json", options.json}, {"--csv", options.csv}, {"--report", options.report}});
  std::int64_t longest = std::max(options.tokens, source.plan.chunk);
  for (std::int64_t context : options.contexts)
    measure::ensureCapacity(source, options.compile, context + longest);
  return source;
}

std::vector<std::string> namesOf(const std::vector<ScheduleFile> &schedules) {
  std::vector<std::string> names;
  for (const ScheduleFile &file : schedules)
    names.push_back(file.name);
  return names;
}

std::vector<Point> pointsOf(const Options &options, const spec::Plan &plan) {
  std::vector<Point> points;
  std::int64_t longest = std::max(options.tokens, plan.chunk);
  for (std::int64_t context : measure::chooseContexts(options, longest, plan.max_seq)) {
    points.push_back({Entry::decode, context, options.tokens});
    points.push_back({Entry::prefill, context, plan.chunk});
  }
  return points;
}

} // namespace

Subject::Subject(const Options &options)
    : source(load(options)), sets(driver::setsOf(options.fusions, namesOf(options.schedules))),
      options(options), points(pointsOf(options, source.plan)) {}

driver::Target Subject::target() const {
  if (options.times())
    return driver::makeTarget("native", "native"); // whatever the spec says: it runs here
  std::vector<driver::Target> targets = driver::makeTargets(source.plan.target, source.plan.cpu);
  if (targets.size() > 1)
    throw Error("--cpu: a study is about one CPU, not " + source.plan.cpu);
  return std::move(targets.front());
}

Results Subject::begin(const driver::Target &target) const {
  Results results;
  results.model = source.model.name;
  results.cpu = target.cpu;
  results.weights = source.mainStorage().word;
  results.cache = spec::name_of(*source.plan.cache);
  results.chunk = source.plan.chunk;
  results.points = points;
  results.bandwidth.resize(points.size());
  return results;
}

driver::Options Subject::compile(const FusionSet &set) const {
  driver::Options compile = options.compile;
  for (const ScheduleFile &file : options.schedules)
    if (file.name == set.schedule)
      compile.schedule = file.path;
  return compile;
}

SetResult Subject::count(const FusionSet &set, driver::Lowering &lowering) const {
  measure::StepFigures figures(lowering);
  SetResult result;
  result.set = set;
  result.kernels = figures.decodeKernels();
  result.intermediateBytes = figures.decodeIntermediates();
  for (const Point &point : points)
    result.timings.push_back({figures.cost(point), {}});
  return result;
}

} // namespace cria::study
