//===- CApiSampler.cpp - The samplers of cria.h ---------------------------===//
#include "runtime/CApi.h"
#include "runtime/Sampler.h"
#include <algorithm>
#include <cstring>

using namespace cria::rt;
using namespace cria::rt::capi;

struct cria_sampler {
  Sampler sampler;
  int64_t vocab;
};

namespace {

cria_sampler_options toC(const SamplerOptions &from) {
  return {.size = sizeof(cria_sampler_options),
          .repeat_penalty = from.repeatPenalty,
          .repeat_window = from.repeatWindow,
          .no_repeat_ngram = from.noRepeatNgram,
          .min_tokens = from.minTokens,
          .temperature = from.temperature,
          .top_k = from.topK,
          .top_p = from.topP,
          .min_p = from.minP,
          .typical_p = from.typicalP,
          .epsilon_cutoff = from.epsilonCutoff,
          .eta_cutoff = from.etaCutoff,
          .seed = from.seed};
}

/// NaN is in no range.
void requireRange(const char *field, double value, double low, double high) {
  if (!(value >= low && value <= high))
    failWith(CRIA_ERROR_ARGUMENT, "options->{}: {} is not in [{}, {}]", field, value, low, high);
}

void requireCount(const char *field, int64_t value) {
  if (value < 0)
    failWith(CRIA_ERROR_ARGUMENT, "options->{}: {} is negative", field, value);
}

void apply(const cria_sampler_options &from, SamplerOptions &to) {
  constexpr double tiny = 1e-300; // of a range that is open at 0
  requireRange("repeat_penalty", to.repeatPenalty = from.repeat_penalty, tiny, 100);
  requireCount("repeat_window", to.repeatWindow = from.repeat_window);
  requireCount("no_repeat_ngram", to.noRepeatNgram = from.no_repeat_ngram);
  requireCount("min_tokens", to.minTokens = from.min_tokens);
  requireRange("temperature", to.temperature = from.temperature, 0, 100);
  requireCount("top_k", to.topK = from.top_k);
  requireRange("top_p", to.topP = from.top_p, tiny, 1);
  requireRange("min_p", to.minP = from.min_p, 0, 1);
  requireRange("typical_p", to.typicalP = from.typical_p, tiny, 1);
  requireRange("epsilon_cutoff", to.epsilonCutoff = from.epsilon_cutoff, 0, 1);
  requireRange("eta_cutoff", to.etaCutoff = from.eta_cutoff, 0, 1);
  to.seed = from.seed;
}

void requireToken(const cria_sampler &sampler, int32_t token) {
  if (token < 0 || token >= sampler.vocab)
    failWith(CRIA_ERROR_TOKEN, "token {} is not in the vocabulary of {} tokens", token,
             sampler.vocab);
}

} // namespace

extern "C" {

cria_status cria_sampler_defaults(const cria_model_handle *model, cria_sampler_options *options) {
  return guard([&] {
    require(model && options, "model or options is NULL");
    checkSize(options->size, sizeof *options);
    auto defaults = toC(samplerDefaults(model->model->compiled()));
    defaults.size = options->size;
    std::memcpy(options, &defaults, std::min(options->size, sizeof defaults));
  });
}

cria_status cria_sampler_create(const cria_model_handle *model, const cria_sampler_options *options,
                                cria_sampler **sampler) {
  return guard([&] {
    require(sampler, "sampler is NULL");
    *sampler = nullptr;
    require(model, "model is NULL");
    const cria_model &compiled = model->model->compiled();
    SamplerOptions chosen = samplerDefaults(compiled);
    if (options) {
      checkSize(options->size, sizeof *options);
      auto wanted = toC(chosen);
      std::memcpy(&wanted, options, std::min(options->size, sizeof wanted));
      apply(wanted, chosen);
    }
    *sampler = new cria_sampler{Sampler(std::move(chosen), compiled.vocab), compiled.vocab};
  });
}

void cria_sampler_close(cria_sampler *sampler) { delete sampler; }

cria_status cria_sampler_prompt(cria_sampler *sampler, const int32_t *tokens, int64_t count) {
  return guard([&] {
    require(sampler, "sampler is NULL");
    auto ids = list(tokens, count, "tokens is NULL or count is negative");
    for (int32_t token : ids)
      requireToken(*sampler, token);
    sampler->sampler.prompt(ids);
  });
}

cria_status cria_sampler_sample(cria_sampler *sampler, const cria_session *session,
                                int32_t *token) {
  return guard([&] {
    require(sampler && session && token, "sampler, session or token is NULL");
    const Session &from = session->session;
    require(from.hasLogits(), "the session has no logits: append a token");
    require(from.model().compiled().vocab == sampler->vocab,
            "the sampler is of a model of another vocabulary");
    *token = sampler->sampler.sample(from);
  });
}

cria_status cria_sampler_accept(cria_sampler *sampler, int32_t token) {
  return guard([&] {
    require(sampler, "sampler is NULL");
    requireToken(*sampler, token);
    sampler->sampler.accept(token);
  });
}

void cria_sampler_reset(cria_sampler *sampler) { sampler->sampler.reset(); }

} // extern "C"
