#include "runtime/Sampler.h"
#include "runtime/RandomWeights.h"
#include <algorithm>
#include <cmath>

namespace cria::rt {

Sampler::Sampler(const SamplerOptions &options, int64_t vocab) : options_(options) {
  candidates_.reserve(static_cast<size_t>(vocab));
}

void Sampler::accept(int32_t token) { window_[accepted_++ % window_.size()] = token; }

int32_t Sampler::sample(std::span<const float> logits) {
  candidates_.resize(logits.size());
  for (size_t i = 0; i < logits.size(); ++i)
    candidates_[i] = {logits[i], static_cast<int32_t>(i), 0};
  penaliseRepeats();
  if (options_.temperature == 0)
    return std::min_element(candidates_.begin(), candidates_.end(), likelier)->token;
  keepTopK();
  weigh();
  keepTopP();
  keepMinP();
  return draw();
}

bool Sampler::likelier(const Candidate &a, const Candidate &b) {
  return a.logit != b.logit ? a.logit > b.logit : a.token < b.token;
}

void Sampler::penaliseRepeats() {
  if (options_.repeatPenalty == 1)
    return;
  auto end = window_.begin() + static_cast<ptrdiff_t>(std::min(accepted_, window_.size()));
  auto penalty = static_cast<float>(options_.repeatPenalty);
  for (auto token = window_.begin(); token != end; ++token) {
    if (std::find(window_.begin(), token, *token) != token)
      continue; // once a token, however often it came
    float &logit = candidates_[static_cast<size_t>(*token)].logit;
    logit = logit > 0 ? logit / penalty : logit * penalty;
  }
}

void Sampler::keepTopK() {
  auto k = static_cast<size_t>(options_.topK);
  if (k == 0 || k >= candidates_.size())
    return;
  auto end = candidates_.begin() + static_cast<ptrdiff_t>(k);
  std::partial_sort(candidates_.begin(), end, candidates_.end(), likelier);
  candidates_.erase(end, candidates_.end());
}

void Sampler::weigh() {
  double best = std::min_element(candidates_.begin(), candidates_.end(), likelier)->logit;
  for (Candidate &candidate : candidates_)
    candidate.weight = std::exp((candidate.logit - best) / options_.temperature);
}

void Sampler::keepTopP() {
  if (options_.topP == 1)
    return;
  // A heap, not a sort: as a rule few of the whole vocabulary are taken.
  auto lessLikely = [](const Candidate &a, const Candidate &b) { return likelier(b, a); };
  double wanted = options_.topP * total(), have = 0;
  std::make_heap(candidates_.begin(), candidates_.end(), lessLikely);
  auto rest = candidates_.end();
  do {
    std::pop_heap(candidates_.begin(), rest, lessLikely);
    have += (--rest)->weight;
  } while (have < wanted && rest != candidates_.begin());
  candidates_.erase(candidates_.begin(), rest);
}

void Sampler::keepMinP() {
  if (options_.minP > 0)
    std::erase_if(candidates_, [&](const Candidate &c) { return c.weight < options_.minP; });
}

int32_t Sampler::draw() {
  uint64_t bits = mix64(mix64(options_.seed) + ++draws_ * 0x9e3779b97f4a7c15);
  double left = static_cast<double>(bits >> 11) * 0x1p-53 * total();
  for (const Candidate &candidate : candidates_) {
    left -= candidate.weight;
    if (left < 0)
      return candidate.token;
  }
  // Rounding left a rest that is no candidate's.
  return std::min_element(candidates_.begin(), candidates_.end(), likelier)->token;
}

double Sampler::total() const {
  double sum = 0;
  for (const Candidate &candidate : candidates_)
    sum += candidate.weight;
  return sum;
}

} // namespace cria::rt
