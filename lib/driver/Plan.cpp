//===- Plan.cpp - Settings for running a model ----------------------------===//
#include "driver/Options.h"
#include "emit/Emit.h"
#include "passes/fuse/Fusions.h"
#include "support/Error.h"
#include <algorithm>

namespace cria::driver {
namespace {

template <class T>
T first(const T &given, const T &otherwise) {
  return given != T() ? given : otherwise;
}

/// Refuses settings that a plan can express but the compiler does not support yet.
void refuse(const char *field, const std::string &value) {
  if (!value.empty())
    throw Error(std::string("plan: ") + field + ": \"" + value + "\" is not supported yet");
}

/// Rows of keys and values are whole blocks.
void checkCache(spec::DType cache, const spec::Model &model) {
  if (!is_cache(cache))
    throw Error(std::string("plan: cache: keys and values cannot be stored as ") + name_of(cache));
  std::int64_t elements = block_of(cache).elements;
  if (elements == 1)
    return;
  if (std::int64_t headDim = emit::cacheShape(model).headDim; headDim % elements)
    throw Error(std::string("--kv-dtype: ") + name_of(cache) + ": blocks of " +
                std::to_string(elements) + " elements do not fit a head_dim of " +
                std::to_string(headDim));
}

} // namespace

spec::Plan mergePlans(const spec::Plan &given, const spec::Plan &spec) {
  return {first(given.target, spec.target),     first(given.cpu, spec.cpu),
          first(given.weights, spec.weights),   first(given.cache, spec.cache),
          first(given.quantise, spec.quantise), first(given.products, spec.products),
          first(given.fuse, spec.fuse),         first(given.no_fuse, spec.no_fuse),
          first(given.max_seq, spec.max_seq),   first(given.chunk, spec.chunk)};
}

spec::Plan choosePlan(const spec::Plan &given, const spec::Plan &spec, const spec::Model &model,
                      const std::string &name) {
  spec::Plan plan = mergePlans(given, spec);
  refuse("quantise", plan.quantise);
  plan.target = first<std::string>(plan.target, "native");
  plan.cpu = first<std::string>(plan.cpu, "native");
  plan.products = first<std::string>(plan.products, "exact");
  if (plan.products != "exact" && plan.products != "fast")
    throw Error("plan: products: unknown value \"" + plan.products + "\"; known: exact, fast");
  plan.cache = first(plan.cache, std::optional(spec::DType::f32));
  checkCache(*plan.cache, model);
  plan.max_seq = first(plan.max_seq, std::min<std::int64_t>(model.max_context, 4096));
  selectFusions(plan.fuse, plan.no_fuse); // refuses unknown fusions
  if (plan.max_seq > model.max_context)
    throw Error("--max-seq: " + std::to_string(plan.max_seq) + " exceeds the context of " + name +
                ", " + std::to_string(model.max_context) + " tokens");
  plan.chunk = std::min<std::int64_t>(first<std::int64_t>(plan.chunk, 256), plan.max_seq);
  return plan;
}

} // namespace cria::driver
