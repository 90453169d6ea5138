//===- Plan.cpp - How the model is to run ---------------------------------===//
#include "driver/Options.h"
#include "passes/fuse/Fusions.h"
#include "support/Error.h"
#include <algorithm>

namespace cria::driver {
namespace {

template <class T>
T first(const T &given, const T &spec, const T &otherwise) {
  return given != T() ? given : spec != T() ? spec : otherwise;
}

/// What a plan can say and the compiler cannot do yet is not passed over in silence.
void refuse(const char *field, const std::string &value) {
  if (!value.empty())
    throw Error(std::string("plan: ") + field + ": \"" + value + "\" is not compiled yet");
}

} // namespace

spec::Plan choosePlan(const spec::Plan &given, const spec::Plan &spec, const spec::Model &model,
                      const std::string &name) {
  refuse("quantise", spec.quantise);
  spec::Plan plan;
  plan.target = first<std::string>(given.target, spec.target, "native");
  plan.cpu = first<std::string>(given.cpu, spec.cpu, "native");
  plan.weights = first(given.weights, spec.weights, {});
  plan.cache = first(given.cache, spec.cache, std::optional(spec::DType::f32));
  plan.max_seq =
      first(given.max_seq, spec.max_seq, std::min<std::int64_t>(model.max_context, 4096));
  plan.fuse = first<std::string>(given.fuse, spec.fuse, "");
  plan.no_fuse = first<std::string>(given.no_fuse, spec.no_fuse, "");
  selectFusions(plan.fuse, plan.no_fuse); // refuses what is none
  if (plan.max_seq > model.max_context)
    throw Error("--max-seq: " + std::to_string(plan.max_seq) + " is more than the " +
                std::to_string(model.max_context) + " tokens that " + name + " was made for");
  plan.chunk =
      std::min<std::int64_t>(first<std::int64_t>(given.chunk, spec.chunk, 64), plan.max_seq);
  return plan;
}

} // namespace cria::driver
