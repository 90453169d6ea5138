//===- Workbench.cpp - Memory that variants of a model run on -------------===//
#include "measure/Workbench.h"
#include "measure/Synthetic.h"
#include "runtime/Stopwatch.h"

namespace cria::measure {
namespace {

rt::Mapping floats(std::int64_t count, const char *what) {
  return rt::Mapping::zeros(std::size_t(count) * sizeof(float), what);
}

} // namespace

Workbench::Workbench(const cria_model &compiled, Team &team)
    : team(team), theWeights(std::make_shared<const rt::Weights>(rt::loadWeights(compiled, ""))),
      keys(syntheticCache(compiled, "keys")), values(syntheticCache(compiled, "values")),
      hidden(floats(compiled.chunk * compiled.hidden, "hidden states")),
      logits(floats(compiled.vocab, "logits")) {
  for (std::int64_t i = 0; i < compiled.chunk; ++i)
    prompt.push_back(syntheticToken(i, compiled));
}

void Workbench::ensureMemory(const cria_model &variant) {
  if (auto bytes = std::size_t(codeOf(variant).workspace_bytes); bytes > workspace.size())
    workspace = rt::Mapping::zeros(bytes, "workspace");
  team.ensureScratch(std::size_t(codeOf(variant).scratch_bytes));
}

/// Calls an entry point with `tokens` tokens after `context` others.
template <class Body>
void Workbench::call(const char *entry, std::int64_t context, std::int64_t tokens,
                     const Body &body) {
  rt::Stopwatch watch;
  team.threads().run(body);
  if (profile)
    profile->addCall(entry, context, tokens, watch.seconds());
}

void Workbench::step(const cria_model &variant, std::int64_t position) {
  std::int32_t token = syntheticToken(position, variant);
  call("decode", position, 1, [&](rt::Worker &worker, void *scratch) {
    codeOf(variant).decode(&worker, theWeights->table(), &token, position, keys.data(),
                           values.data(), logits.as<float>(), &likeliest, workspace.data(),
                           scratch);
  });
}

void Workbench::prefill(const cria_model &variant, const Point &point) {
  for (std::int64_t i = 0; i < point.tokens; i += variant.chunk) {
    std::int64_t context = point.context + i, count = std::min(variant.chunk, point.tokens - i);
    call("prefill", context, count, [&](rt::Worker &worker, void *scratch) {
      codeOf(variant).prefill(&worker, theWeights->table(), prompt.data(), count, context,
                              keys.data(), values.data(), hidden.as<float>(), workspace.data(),
                              scratch);
    });
  }
  call("head", point.context + point.tokens, 1, [&](rt::Worker &worker, void *scratch) {
    codeOf(variant).head(&worker, theWeights->table(), hidden.as<float>(), logits.as<float>(),
                         &likeliest, workspace.data(), scratch);
  });
}

double Workbench::run(const cria_model &variant, const Point &point, rt::KernelProfile *into) {
  ensureMemory(variant);
  bool decode = point.entry == Entry::decode;
  if (decode)
    step(variant, point.context);
  profile = into;
  team.threads().profile(into ? into->times() : std::span<rt::KernelTime>());
  rt::Stopwatch watch;
  if (decode)
    for (std::int64_t i = 0; i < point.tokens; ++i)
      step(variant, point.context + i);
  else
    prefill(variant, point);
  double seconds = watch.seconds();
  team.threads().profile({});
  profile = nullptr;
  return seconds;
}

} // namespace cria::measure
