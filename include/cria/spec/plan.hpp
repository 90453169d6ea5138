//===- plan.hpp - How a model is to run -------------------------*- C++ -*-===//
#pragma once
#include "cria/spec/model.hpp"
#include <optional>

namespace cria::spec {

/// What flags of criac say too; a flag that is given wins. What is not set is criac's to choose.
struct plan {
  const char *target = "";                     ///< LLVM triple
  const char *cpu = "";                        ///< as LLVM names it
  std::optional<dtype> weights = std::nullopt; ///< storage of random weights
  std::optional<dtype> cache = std::nullopt;   ///< storage of keys and values
  const char *quantise = "";                   ///< how weights are quantised, as criac names it
  const char *fuse = "";                       ///< fusions, with commas
  const char *no_fuse = "";                    ///< fusions that are left out
  idx max_seq = 0;                             ///< tokens that a session can hold
  idx chunk = 0;                               ///< tokens of a prefill call
};

struct planned {
  plan how;
  flow result;
};

/// `how` checked against the model that it is for.
constexpr planned plan_for(const measured &m, const plan &how) {
  flow out = m.result.at("plan");
  if (how.max_seq)
    out = out.size("max_seq", how.max_seq, limits::context)
              .needs(how.max_seq <= out.context,
                     "max_seq {} is more than the {} tokens that the model was made for",
                     how.max_seq, out.context);
  if (how.chunk)
    out = out.size("chunk", how.chunk, 1 << 14)
              .needs(!how.max_seq || how.chunk <= how.max_seq,
                     "a chunk of {} tokens is more than the {} of max_seq", how.chunk, how.max_seq);
  return {how, out};
}
/// What is wrong with the model is the model's to say.
constexpr planned plan_for(refused, const plan &how) { return {how, {}}; }

} // namespace cria::spec

#ifndef CRIA_EXPORT_PLAN
#define CRIA_EXPORT_PLAN(NAME)
#endif

/// Says how the model NAME, defined above, is to run: CRIA_PLAN(tiny, .max_seq = 512).
#define CRIA_PLAN(NAME, ...)                                                                       \
  inline constexpr auto NAME##_plan =                                                              \
      ::cria::spec::plan_for(NAME, ::cria::spec::plan{__VA_ARGS__});                               \
  CRIA_EXPORT_PLAN(NAME)                                                                           \
  CRIA_CHECKED(NAME, NAME##_plan)
