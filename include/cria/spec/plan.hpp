//===- plan.hpp - Settings for running a model ------------------*- C++ -*-===//
#pragma once
#include "cria/spec/model.hpp"
#include <optional>

namespace cria::spec {

/// Settings that criac also takes as flags. Flags override them; unset fields are chosen by criac.
struct plan {
  const char *target = "";                     ///< LLVM triple
  const char *cpu = "";                        ///< LLVM's name of the CPU
  std::optional<dtype> weights = std::nullopt; ///< storage of random weights
  std::optional<dtype> cache = std::nullopt;   ///< storage of keys and values
  const char *quantise = "";                   ///< quantisation of weights
  const char *products = "";                   ///< "exact" (f32) or "fast" (may round to bf16)
  const char *fuse = "";                       ///< fusions to apply, comma-separated
  const char *no_fuse = "";                    ///< fusions to leave out, comma-separated
  idx max_seq = 0;                             ///< capacity of a session in tokens
  idx chunk = 0;                               ///< most tokens per prefill call
};

struct planned {
  plan how;
  flow result;
};

/// Checks `how` against its model.
constexpr planned plan_for(const measured &m, const plan &how) {
  flow out = m.result.at("plan");
  if (how.max_seq)
    out = out.size("max_seq", how.max_seq, limits::context)
              .needs(how.max_seq <= out.context, "max_seq {} exceeds the context of {} tokens",
                     how.max_seq, out.context);
  if (how.chunk)
    out = out.size("chunk", how.chunk, 1 << 14)
              .needs(!how.max_seq || how.chunk <= how.max_seq,
                     "a chunk of {} tokens exceeds max_seq, {}", how.chunk, how.max_seq);
  return {how, out};
}
/// No fault if the model has one, since the model reports it itself.
constexpr planned plan_for(refused, const plan &how) { return {how, {}}; }

} // namespace cria::spec

#ifndef CRIA_EXPORT_PLAN
#define CRIA_EXPORT_PLAN(NAME)
#endif

/// Defines the plan of the model NAME, which must be defined above: CRIA_PLAN(tiny, .max_seq =
/// 512).
#define CRIA_PLAN(NAME, ...)                                                                       \
  inline constexpr auto NAME##_plan =                                                              \
      ::cria::spec::plan_for(NAME, ::cria::spec::plan{__VA_ARGS__});                               \
  CRIA_EXPORT_PLAN(NAME)                                                                           \
  CRIA_CHECKED(NAME, NAME##_plan)
